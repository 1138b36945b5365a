// A CUPS of our own: its own folder and socket, so that nobody's printers are touched. What is printed becomes a file,
// written by a backend as CUPS runs it for any printer. (`cups-pdf` will not do: it reads its settings in /etc/cups
// only, prints into the home of whoever asks, and converts what the test wants to read as it was sent.)
import { execFile, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { until } from "./window.mjs";

const run = promisify(execFile);

/** Called without arguments it lists itself; else with job, user, title, copies, options and perhaps a file. */
const backend = (papers) => `#!/bin/sh
[ $# -eq 0 ] && { echo 'direct folder:/ "Unknown" "A folder"'; exit 0; }
cat "\${6:--}" >'${papers}'/"$PRINTER-$1.part" || exit 1
printf '%s\\n' "$3" "$4" >'${papers}'/"$PRINTER-$1.job" || exit 1
mv '${papers}'/"$PRINTER-$1.part" '${papers}'/"$PRINTER-$1.pdf"
`;

export class Spooler {
  #process;
  #log = "";

  #home = mkdtempSync(join(tmpdir(), "praxis-cups-"));

  #at(name) {
    return join(this.#home, name);
  }

  /** What a program needs to print here. */
  get env() {
    return { CUPS_SERVER: this.#at("cups.sock"), PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  }

  async start() {
    for (const folder of ["etc", "state", "cache", "spool", "temporary", "papers", "programs/backend"])
      mkdirSync(this.#at(folder), { recursive: true });
    // Where CUPS runs as root, its backends do not.
    for (const [folder, mode] of [[".", 0o711], ["temporary", 0o777], ["papers", 0o777]]) chmodSync(this.#at(folder), mode);
    for (const part of ["daemon", "filter"]) symlinkSync(`/usr/lib/cups/${part}`, this.#at(`programs/${part}`));
    writeFileSync(this.#at("programs/backend/folder"), backend(this.#at("papers")), { mode: 0o755 });
    writeFileSync(
      this.#at("etc/cups-files.conf"),
      [
        `ServerRoot ${this.#at("etc")}`,
        `ServerBin ${this.#at("programs")}`,
        `StateDir ${this.#at("state")}`,
        `CacheDir ${this.#at("cache")}`,
        `RequestRoot ${this.#at("spool")}`,
        `TempDir ${this.#at("temporary")}`,
        ...["Access", "Error", "Page"].map((log) => `${log}Log ${this.#at(log.toLowerCase())}`),
        "Printcap",
      ].join("\n"),
    );
    writeFileSync(
      this.#at("etc/cupsd.conf"),
      [
        `Listen ${this.#at("cups.sock")}`,
        "Browsing Off",
        "WebInterface No",
        "<Location />",
        "  Order allow,deny",
        "  Allow all",
        "</Location>",
        "<Policy default>",
        "  JobPrivateAccess all",
        "  JobPrivateValues none",
        "  <Limit All>",
        "    Order deny,allow",
        "    Allow all",
        "  </Limit>",
        "</Policy>",
      ].join("\n"),
    );
    const files = ["-c", this.#at("etc/cupsd.conf"), "-s", this.#at("etc/cups-files.conf")];
    this.#process = spawn("cupsd", ["-f", ...files], {
      env: { ...process.env, ...this.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) stream.on("data", (words) => (this.#log += words));
    this.#process.once("error", (failure) => (this.#log += failure.message));
    // Also when the test stops short.
    process.once("exit", () => this.#process.kill());
    await until("the spooler", async () => (await this.#ask("lpstat", "-r")).includes("is running")).catch((silence) => {
      throw new Error(`${silence.message}\n${this.#log}`);
    });
  }

  async #ask(program, ...args) {
    const { stdout } = await run(program, args, { env: { ...process.env, ...this.env, LC_ALL: "C" } });
    return stdout;
  }

  /** A queue that takes what it gets as it is. */
  addQueue(name) {
    return this.#ask("lpadmin", "-p", name, "-E", "-v", "folder:/", "-m", "raw");
  }

  makeDefault(name) {
    return this.#ask("lpadmin", "-d", name);
  }

  removeQueue(name) {
    return this.#ask("lpadmin", "-x", name);
  }

  stop(name, reason) {
    return this.#ask("cupsdisable", "-r", reason, name);
  }

  resume(name) {
    return this.#ask("cupsenable", name);
  }

  turnAway(name, reason) {
    return this.#ask("cupsreject", "-r", reason, name);
  }

  /** Waits for a job to come out: the file, and the title and the copies it was printed with. */
  async paper(job) {
    const file = this.#at(`papers/${job}.pdf`);
    await until(`${job} on paper`, () => readdirSync(this.#at("papers")).includes(`${job}.pdf`));
    const [title, copies] = readFileSync(this.#at(`papers/${job}.job`), "utf8").split("\n");
    return { file, title, copies: Number(copies) };
  }

  /** Jobs that have not come out. */
  async waiting() {
    return (await this.#ask("lpstat", "-W", "not-completed", "-o")).split("\n").filter(Boolean);
  }

  async close() {
    if (!this.#process || this.#process.exitCode !== null) return;
    const gone = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.kill("SIGTERM");
    const patience = setTimeout(() => this.#process.kill("SIGKILL"), 10_000);
    await gone;
    clearTimeout(patience);
    rmSync(this.#home, { recursive: true, force: true });
  }
}
