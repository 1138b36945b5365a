# Thin lines over cargo, npm and scripts/. `make` alone opens Praxis.
SHELL := /bin/bash
NPM   := npm --prefix ui run --silent
# Always the whole workspace: one crate alone resolves other features and compiles OpenSSL and SQLCipher again.
BUILD := cargo build --quiet --locked --workspace
BUILT  = $${CARGO_TARGET_DIR:-target}

SEEDS ?= 1000

.PHONY: run test check bench sim bindings dev tour setup ui icons

run: setup ui                   ## build, then open the window (without a display: walk through the tour)
	@scripts/run

setup:                          ## install what is missing; nothing to do takes under a second
	@scripts/setup.sh

ui:                             ## build the screens when their sources are newer
	@scripts/ui

test: setup ui                  ## every test: Rust, screens, browser, the real window
	@scripts/test

check: setup ui                 ## what must hold before a change lands, without running the tests
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	$(BUILD) --bin xtask && $(BUILT)/debug/xtask tidy
	$(NPM) format:check
	$(NPM) lint
	$(NPM) check

tour: setup ui                  ## a day on two desks and one server, in the real window; pictures in tour/
	@scripts/tour

bindings:                       ## write the TypeScript that Rust's commands mean
	$(BUILD) --bin xtask && $(BUILT)/debug/xtask bindings

dev: setup                      ## the window with screens that reload as they are edited
	ui/node_modules/.bin/tauri dev --no-watch -- -p praxis

sim: setup                      ## the sync simulator: make sim SEEDS=10000
	SEEDS=$(SEEDS) cargo nextest run --locked --workspace --test simulation --no-capture

bench: setup ui                 ## what Praxis costs over the same work without it, in one interleaved run
	@scripts/bench

icons:                          ## draw the icons anew from icons/praxis.svg
	@scripts/icons
