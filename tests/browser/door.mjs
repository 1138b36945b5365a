// The same application and the same screens as the window, in Chromium, on a real store of its own.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const AXE = import.meta.resolve("axe-core/axe.min.js").slice("file://".length);

/** Rules of WCAG 2.0 to 2.2, levels A and AA. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

export class Door {
  static async open() {
    const door = new Door();
    door.data = mkdtempSync(join(tmpdir(), "praxis-browser-"));
    door.process = spawn(process.env.PRAXIS_DOOR, [door.data, process.env.PRAXIS_SCREENS], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = await new Promise((resolve, reject) => {
      const lines = createInterface({ input: door.process.stdout });
      lines.once("line", (first) => resolve([first]));
      door.process.once("exit", (code) => reject(new Error(`the door closed at once: ${code}`)));
    });
    Object.assign(door, JSON.parse(line));
    door.browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
    const context = await door.browser.newContext({ locale: "pt-BR", viewport: { width: 1440, height: 900 } });
    door.page = await context.newPage();
    door.page.setDefaultTimeout(15_000);
    door.complaints = [];
    door.page.on("pageerror", (error) => door.complaints.push(String(error)));
    await door.page.goto(`http://127.0.0.1:${door.port}/`);
    return door;
  }

  /** A command, as the screens give it. */
  async call(name, input = {}) {
    const answer = await fetch(`http://127.0.0.1:${this.port}/call/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-praxis-token": this.token },
      body: JSON.stringify(input),
    });
    const reply = await answer.json();
    if (reply.done) return reply.done.value;
    throw Object.assign(new Error(`${name}: ${JSON.stringify(reply)}`), { reply });
  }

  /** What the accessibility checker finds on the screen as it stands, in words. */
  async faults() {
    // Evaluated by the debugger, which the page's policy does not bind: the policy itself stays as shipped.
    await this.page.evaluate(readFileSync(AXE, "utf8"));
    // The rule left out is an experiment of the checker's: it takes key caps and a card's text for its label.
    const found = await this.page.evaluate(
      (rules) => window.axe.run({ runOnly: rules, rules: { "label-content-name-mismatch": { enabled: false } } }),
      RULES,
    );
    return found.violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target).join("; ")})`);
  }

  /** Shows another screen of the open clinic. */
  go(hash) {
    return this.page.evaluate((place) => (location.hash = place), hash);
  }

  async close() {
    await this.browser?.close();
    const gone = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill();
    await gone;
    rmSync(this.data, { recursive: true, force: true });
  }
}
