// The same application and the same screens as the window, in Chromium, on a real store of its own.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "playwright-core";

const AXE = import.meta.resolve("axe-core/axe.min.js").slice("file://".length);

/** Rules of WCAG 2.0 to 2.2, levels A and AA. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** When every test begins: a Wednesday at 10:42 in São Paulo, whatever the day of whoever runs it. */
export const TODAY = "2026-11-18";
const BEGINS = Date.parse(`${TODAY}T10:42:00-03:00`);

/** Asks until it is so; what it waited for stands in the complaint. */
export async function until(what, ask) {
  for (const end = Date.now() + 15_000; Date.now() < end; await pause(50)) if (await ask()) return;
  throw new Error(`waited in vain: ${what}`);
}

/** Steps of one story: after one that failed the others are not tried, for they would only wait in vain. */
export function story() {
  let broken = false;
  return (name, doing) =>
    test(name, async (t) => {
      if (broken) return t.skip("an earlier step failed");
      broken = true;
      await doing(t);
      broken = false;
    });
}

/**
 * Runs in the page: what stands where nobody can read it. The frame never scrolls, so what reaches below it is lost; a
 * paper is white whatever the screen is, or what is drawn on it in ink cannot be seen.
 */
function outOfPlace() {
  const { scrollHeight, scrollWidth, clientHeight, clientWidth } = document.documentElement;
  const papers = [...document.querySelectorAll("[data-paper]")];
  return [
    ...(scrollHeight > clientHeight || scrollWidth > clientWidth ? ["the page reaches beyond its window"] : []),
    ...papers.map((one) => getComputedStyle(one).backgroundColor).filter((ground) => ground !== "rgb(255, 255, 255)"),
  ];
}

export class Door {
  static async open() {
    const door = new Door();
    door.data = mkdtempSync(join(tmpdir(), "praxis-browser-"));
    door.process = spawn(process.env.PRAXIS_DOOR, [door.data, process.env.PRAXIS_SCREENS, String(BEGINS)], {
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
    // Who speaks to the screen says what stands on it: a rule (WCAG 2.5.3) that the checker leaves out by itself.
    return this.page.evaluate(async (rules) => {
      const { violations } = await window.axe.run({
        runOnly: rules,
        rules: { "label-content-name-mismatch": { enabled: true } },
      });
      // What no pointer can hit is a target of none.
      const hit = ({ target }) => getComputedStyle(document.querySelector(target.at(-1))).pointerEvents !== "none";
      return violations
        .map(({ id, help, nodes }) => ({ id, help, nodes: id === "target-size" ? nodes.filter(hit) : nodes }))
        .filter(({ nodes }) => nodes.length > 0)
        .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target).join("; ")})`);
    }, RULES);
  }

  /** Holds that the screen has no fault, in the light and in the dark. Keeps its pictures where PRAXIS_PICTURES says. */
  async sound() {
    for (const colorScheme of ["dark", "light"]) {
      await this.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      if (process.env.PRAXIS_PICTURES) {
        const place = new URL(this.page.url()).hash.replace(/[^a-z]+/g, "-");
        this.pictures = (this.pictures ?? 0) + 1;
        await this.page.screenshot({ path: join(process.env.PRAXIS_PICTURES, `${this.pictures}${place}-${colorScheme}.png`) });
      }
      assert.deepEqual(await this.faults(), [], colorScheme);
      assert.deepEqual(await this.page.evaluate(outOfPlace), [], colorScheme);
    }
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
