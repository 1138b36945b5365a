#!/usr/bin/env bash
# Installs what Praxis needs to build and to be tested, and nothing that is already there.
# Debian and Ubuntu, as root or with sudo; on any other system it says what is missing and stops.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

# What is looked for, and the package that brings it. A header or a library is looked for by its file.
needs=(
  "cc:build-essential" "perl:perl" "make:make" "curl:curl" "pkg-config:pkg-config"
  "WebKitWebDriver:webkit2gtk-driver" "Xvfb:xvfb" "xauth:xauth" "dbus-run-session:dbus" "chromium:chromium"
  "pdftotext:poppler-utils" "zbarimg:zbar-tools" "qpdf:qpdf" "convert:imagemagick"
  "lp:cups-client" "cupsd:cups-daemon" "gnome-keyring-daemon:gnome-keyring" "secret-tool:libsecret-tools"
)
missing=()
export PATH="$PATH:/usr/sbin:/sbin"
for need in "${needs[@]}"; do
  command -v "${need%%:*}" >/dev/null 2>&1 || missing+=("${need#*:}")
done
pkg-config --exists webkit2gtk-4.1 2>/dev/null || missing+=(libwebkit2gtk-4.1-dev)
# libclang, not the libclang-cpp that other packages bring.
[ -n "$(find /usr/lib /usr/lib64 -maxdepth 4 \( -name 'libclang.so*' -o -name 'libclang-[0-9]*.so*' \) -print -quit 2>/dev/null)" ] \
  || missing+=(libclang-dev)
[ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || command -v dpkg >/dev/null 2>&1 \
  && { [ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || missing+=(fonts-dejavu-core); }
[ -e /usr/share/i18n/locales/pt_BR ] || missing+=(locales)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)

if [ ${#missing[@]} -gt 0 ]; then
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
  if ! command -v apt-get >/dev/null 2>&1; then
    say "Praxis does not know this system's package manager. Missing, by their Debian names:"
    printf '  %s\n' "${missing[@]}" >&2
    exit 1
  fi
  if [ ${#as_root[@]} -gt 0 ] && ! command -v sudo >/dev/null 2>&1; then
    say "These packages are missing and need root to install:"
    say "  apt-get install ${missing[*]}"
    exit 1
  fi
  say "installing: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq </dev/null
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >&2
fi

for tool in cargo:"Rust from https://rustup.rs" npm:"Node 20 or newer from https://nodejs.org"; do
  command -v "${tool%%:*}" >/dev/null 2>&1 || { say "missing: ${tool#*:}"; exit 1; }
done
node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' \
  || { say "Node $(node --version) is too old: Praxis needs 20 or newer"; exit 1; }

command -v cargo-nextest >/dev/null 2>&1 || {
  say "installing cargo-nextest"
  cargo install --locked --quiet cargo-nextest </dev/null
}

# npm writes its own stamp; an edited lock file is newer than it.
for home in ui tests/browser; do
  [ -e "$home/package-lock.json" ] || continue
  if [ ! "$home/node_modules/.package-lock.json" -nt "$home/package-lock.json" ]; then
    say "installing the packages of $home"
    (cd "$home" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null >&2)
    touch "$home/node_modules/.package-lock.json"
  fi
done
