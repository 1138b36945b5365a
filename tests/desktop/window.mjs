// The real window, as a person meets it: things are found by role and name, clicked, typed into, looked at.
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { WebDriver } from "./webdriver.mjs";
import { askToClose } from "./x11.mjs";

const PATIENCE = Number(process.env.PRAXIS_PATIENCE_MS ?? 20_000);
/** The application gives itself three seconds. */
const LEAVING = 6_000;

/** Finds the best visible bearer of a role and a name: exactly so, else beginning so, else containing it. */
const FIND = String.raw`
  const [role, name, within] = arguments;
  const tidy = (text) => (text ?? "").replace(/\s+/g, " ").trim();
  const implied = (e) => {
    const tag = e.tagName.toLowerCase();
    if (tag === "a") return e.hasAttribute("href") ? "link" : "";
    if (tag === "button") return "button";
    if (tag === "select") return "combobox";
    if (tag === "textarea") return "textbox";
    if (/^h[1-6]$/.test(tag)) return "heading";
    const group = { dialog: "dialog", article: "article", section: "region", aside: "complementary", form: "form", tr: "row" }[tag];
    if (group) return group;
    if (tag === "img" || tag === "canvas") return "img";
    if (tag !== "input") return "";
    return { checkbox: "checkbox", radio: "radio", button: "button", submit: "button", range: "slider" }[e.type] ?? "textbox";
  };
  const called = (e) => {
    const by = e.getAttribute("aria-labelledby");
    if (by) return tidy(by.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "").join(" "));
    if (e.getAttribute("aria-label")) return tidy(e.getAttribute("aria-label"));
    if (e.labels?.length) return tidy([...e.labels].map((label) => label.innerText).join(" "));
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(e.tagName)) return tidy(e.placeholder || e.title);
    const shown = e.cloneNode(true);
    shown.querySelectorAll("[aria-hidden=true], kbd").forEach((hidden) => hidden.remove());
    return tidy(shown.textContent) || tidy(e.title);
  };
  const seen = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== "hidden";
  const all = [...(within ?? document).querySelectorAll("a,button,select,textarea,input,h1,h2,h3,h4,dialog,article,section,aside,form,tr,img,canvas,[role]")]
    .filter((e) => [role].flat().includes(e.getAttribute("role") ?? implied(e)) && seen(e));
  const want = tidy(name).toLocaleLowerCase();
  if (!want) return all[0] ?? null;
  const named = all.map((e) => [e, called(e).toLocaleLowerCase()]);
  const best = (fits) => named.find(([, its]) => fits(its))?.[0];
  return best((its) => its === want) ?? best((its) => its.startsWith(want)) ?? best((its) => its.includes(want)) ?? null;
`;

/** The choice of a list that reads, or begins, with these words. */
const CHOICE = String.raw`
  const [list, words] = arguments;
  const its = [...list.options].filter((option) => option.text.trim().startsWith(words));
  return its.find((option) => option.text.trim() === words) ?? its[0] ?? null;
`;

const KEYS = { Enter: "\uE007", Escape: "\uE00C", Tab: "\uE004", Ctrl: "\uE009", Alt: "\uE00A", Shift: "\uE008",
  Down: "\uE015", Up: "\uE013", Left: "\uE012", Right: "\uE014", End: "\uE010", Delete: "\uE017",
  ...Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`F${at + 1}`, String.fromCharCode(0xe031 + at)])) };

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Asks until the answer is truthy; what it waited for stands in the complaint. */
export async function until(what, ask, patience = PATIENCE) {
  const end = Date.now() + patience;
  let last;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (failure) {
      last = failure;
    }
    if (Date.now() > end) throw new Error(`waited ${patience} ms for ${what}${last ? ` (${last.message})` : ""}`);
    await pause(50);
  }
}

function processes() {
  return readdirSync("/proc").filter(Number).flatMap((pid) => {
    try {
      // The name in parentheses may hold anything.
      const [state, parent, group] = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/.*\) /s, "").split(" ");
      return [{ pid: Number(pid), state, parent: Number(parent), group: Number(group) }];
    } catch {
      // It ended while we looked.
      return [];
    }
  });
}

/** One that has ended and only waits to be counted does not live. */
const lives = ({ pid }) => processes().some((one) => one.pid === pid && one.state !== "Z");

export class Window {
  #browser;
  #driver;
  #log = "";

  /** Starts `binary` on the data folder `data` and attaches to its window. A driver that says nothing gets one successor. */
  static async open(desk) {
    return (await Window.#attach(desk)) ?? (await Window.#attach(desk)) ?? Promise.reject(new Error("no window, twice"));
  }

  static async #attach({ binary, data, env = {} }) {
    const window = new Window();
    const port = await freePort();
    window.#driver = spawn("WebKitWebDriver", [`--port=${port}`], {
      env: { ...process.env, LANG: "pt_BR.UTF-8", LANGUAGE: "pt_BR", TAURI_WEBVIEW_AUTOMATION: "true",
        TAURI_AUTOMATION: "true", PRAXIS_DATA: data, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own: what the driver started ends with it, or the next start would only wake the old window.
      detached: true,
    });
    for (const stream of [window.#driver.stdout, window.#driver.stderr])
      stream.on("data", (words) => (window.#log = (window.#log + words).slice(-20_000)));
    window.#browser = new WebDriver(port);
    await until("WebKitWebDriver", () => window.#browser.ready());
    const opening = window.#browser.open({ "webkitgtk:browserOptions": { binary, args: [] } }).then(() => "open");
    if ((await Promise.race([opening, pause(30_000, "silent", { ref: false })])) === "silent") {
      opening.catch(() => undefined);
      await window.close();
      return undefined;
    }
    await window.#browser.timeouts(120_000);
    return window;
  }

  /** What the application and its driver said on their terminal. */
  get log() {
    return this.#log;
  }

  /** Closes the window as a person does, and waits for the application to end. One that lives on is a failure. */
  async close() {
    const started = processes().filter(({ group }) => group === this.#driver.pid);
    const application = started.find(({ parent }) => parent === this.#driver.pid);
    const asked = application && (await askToClose(started.map(({ pid }) => pid)));
    const ended = !asked || (await until("the end", () => !lives(application), LEAVING).catch(() => false));
    this.#browser.forget();
    await this.#leaveNobody();
    if (!ended) throw new Error(`the application lived on ${LEAVING} ms after its window was closed`);
  }

  /** Ends the driver and whoever is left of its group, such as an application whose window never came. */
  async #leaveNobody() {
    const signal = (name) => {
      try {
        return process.kill(-this.#driver.pid, name);
      } catch {
        return false;
      }
    };
    signal("SIGKILL");
    await until("the end of the driver's group", () => !signal(0));
  }

  run(body, ...args) {
    return this.#browser.run(body, ...args);
  }

  /** Gives a command as the screens do, through the window's one `call`. Its value, or a complaint. */
  async call(name, input = {}) {
    const reply = await this.#browser.ask(
      `const [name, input, done] = arguments;
       window.__TAURI_INTERNALS__.invoke("call", { name, input }).then(done, (e) => done({ failed: { ticket: String(e) } }));`,
      name,
      input,
    );
    if (reply.done) return reply.done.value;
    throw Object.assign(new Error(`${name}: ${JSON.stringify(reply)}`), { reply });
  }

  find(role, name, { within = null, patience } = {}) {
    return until(`${[role].flat().join(" or ")} "${name}"`, () => this.#browser.run(FIND, role, name, within), patience);
  }

  /** Waits until the focus is on it: there a person goes on without the pointer. */
  async focused(role, name, { within = null } = {}) {
    await until(`the focus on ${[role].flat().join(" or ")} "${name}"`, async () =>
      this.#browser.run("return document.activeElement === arguments[0]", await this.#browser.run(FIND, role, name, within)),
    );
  }

  async has(role, name) {
    return (await this.#browser.run(FIND, role, name, null)) !== null;
  }

  async click(role, name, options) {
    const enabled = "return !arguments[0].disabled && arguments[0].getAttribute('aria-disabled') !== 'true'";
    await until(`an enabled ${role} "${name}"`, async () => {
      const found = await this.find(role, name, options);
      if (!(await this.#browser.run(enabled, found))) return false;
      await this.#browser.click(found);
      return true;
    });
  }

  /** Clicks into a field and writes over what stands there. */
  async fill(name, text, options) {
    await this.click(["textbox", "searchbox", "combobox", "spinbutton"], name, options);
    await this.press("Ctrl", "a");
    if (text) await this.type(text);
    else await this.press("Delete");
  }

  /** Types where the focus is. */
  async type(text) {
    await this.#browser.type(await this.#browser.active(), text);
  }

  /** Chooses from a list by the first words of what is offered. */
  async choose(name, words, options) {
    const list = await this.find("combobox", name, options);
    const choice = await until(`"${words}" under "${name}"`, () => this.#browser.run(CHOICE, list, words));
    await this.#browser.click(choice);
    await until(`"${words}" chosen under "${name}"`, () =>
      this.#browser.run("return arguments[0].selectedOptions[0] === arguments[1]", list, choice),
    );
  }

  /** Presses keys together: `press("Ctrl", "k")`. */
  async press(...keys) {
    const codes = keys.map((key) => KEYS[key] ?? key);
    await this.#browser.actions([
      {
        type: "key",
        id: "keyboard",
        actions: [
          ...codes.map((value) => ({ type: "keyDown", value })),
          ...codes.toReversed().map((value) => ({ type: "keyUp", value })),
        ],
      },
    ]);
  }

  /** Draws lines on an element with the pointer; points are fractions of its width and height. */
  async draw(element, lines) {
    const { x, y, width, height } = await this.#browser.run(
      "arguments[0].scrollIntoView({ block: 'center' }); return arguments[0].getBoundingClientRect().toJSON()",
      element,
    );
    for (const points of lines)
      await this.drag(points.map(([across, down]) => ({ x: x + across * width, y: y + down * height })));
  }

  /** Presses the pointer on the first of these points of the window, goes along the others and lets go; one is a click. */
  async drag([first, ...rest]) {
    const to = ({ x, y }, duration) => ({ type: "pointerMove", duration, x: Math.round(x), y: Math.round(y) });
    const actions = [
      to(first, 0),
      { type: "pointerDown", button: 0 },
      ...rest.map((point) => to(point, 12)),
      { type: "pointerUp", button: 0 },
    ];
    await this.#browser.actions([{ type: "pointer", id: "pen", parameters: { pointerType: "mouse" }, actions }]);
  }

  /** Waits until it is no longer to be seen. */
  gone(role, name) {
    return until(`no ${role} "${name}"`, async () => !(await this.has(role, name)));
  }

  /** All that can be read on the screen now. */
  text() {
    return this.#browser.run("return document.body.innerText");
  }

  sees(words, patience) {
    return until(`"${words}" on the screen`, async () => (await this.text()).includes(words), patience);
  }

  /** Has the screens speak Portuguese. A computer on which that locale was never installed greets in another language. */
  inPortuguese() {
    return this.click("radio", "Português");
  }

  go(place) {
    return this.#browser.run("location.hash = arguments[0]", place);
  }

  resize(width, height) {
    return this.#browser.resize(width, height);
  }

  /** A picture of the window, once nothing is on its way to another place or colour and it has been painted. */
  async shot(path) {
    await this.#browser.ask(`
      const done = arguments[0];
      const passing = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime < 1000);
      const settled = Promise.allSettled(passing.map((one) => one.finished));
      settled.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(1))));`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await this.#browser.picture());
  }
}
