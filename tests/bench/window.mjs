// `make bench`, second part: what the window costs over a bare window of the same web engine with an empty page, in
// rounds that take turns. Start is from the order to start until the page has painted; memory is the proportional set
// size (PSS) of all processes, two seconds later.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort, until } from "../desktop/window.mjs";
import { WebDriver } from "../desktop/webdriver.mjs";

const ROUNDS = 7;
const PASSWORD = "demo-praxis";
const bin = process.env.PRAXIS_BIN;
const bare = process.env.PRAXIS_BARE_WINDOW;
const ground = mkdtempSync(join(tmpdir(), "praxis-bench-"));

/** Answers once `test` holds and what it saw has been painted. */
const PAINTED = (test) => `
  const done = arguments[arguments.length - 1];
  const paint = () => requestAnimationFrame(() => requestAnimationFrame(() => done(1)));
  const look = () => ((${test}) ? paint() : setTimeout(look, 4));
  look();`;

const SIGN_IN = PAINTED(`document.querySelector("input[type=password]")`);
const AGENDA = PAINTED(`document.querySelector(".ag-grid .ap")`);

/** All processes of a group, which is what one driver started. */
function group(leader) {
  return readdirSync("/proc").filter((pid) => {
    try {
      return Number(pid) && readFileSync(`/proc/${pid}/stat`, "utf8").replace(/.*\) /s, "").split(" ")[2] === String(leader);
    } catch {
      return false;
    }
  });
}

/** The memory of a group but its driver's, megabytes. */
function memory(leader) {
  const kilobytes = group(leader)
    .filter((pid) => pid !== String(leader))
    .map((pid) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))[1]));
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1024;
}

/** Starts a program under a driver, measures it by `watch`, and ends both. */
async function measured(binary, args, env, watch) {
  const port = await freePort();
  const driver = spawn("WebKitWebDriver", [`--port=${port}`], {
    env: { ...process.env, TAURI_WEBVIEW_AUTOMATION: "true", TAURI_AUTOMATION: "true", ...env },
    stdio: "ignore",
    detached: true,
  });
  const browser = new WebDriver(port);
  try {
    await until("WebKitWebDriver", () => browser.ready());
    const began = performance.now();
    await browser.open({ "webkitgtk:browserOptions": { binary, args } });
    await browser.timeouts(60_000);
    return await watch(browser, () => performance.now() - began, driver.pid);
  } finally {
    browser.forget();
    process.kill(-driver.pid, "SIGKILL");
    await until("the end of the driver's group", () => group(driver.pid).length === 0);
  }
}

async function bareWindow() {
  const page = join(ground, "hello.html");
  writeFileSync(page, "<!doctype html><title>hello</title><h1>hello</h1>");
  return measured(bare, ["--automation"], {}, async (browser, elapsed, leader) => {
    await browser.go(`file://${page}`);
    await browser.ask(PAINTED(`document.querySelector("h1")`));
    const start = elapsed();
    await pause(2000);
    return { start, memory: memory(leader) };
  });
}

async function praxis(data) {
  const env = { PRAXIS_DATA: data, LANG: "pt_BR.UTF-8", LANGUAGE: "pt_BR", XDG_RUNTIME_DIR: ground };
  return measured(join(bin, "praxis"), [], env, async (browser, elapsed, leader) => {
    await browser.ask(SIGN_IN);
    const start = elapsed();
    const typed = performance.now();
    await browser.run(
      `const field = document.querySelector("input[type=password]");
       field.value = arguments[0];
       field.dispatchEvent(new Event("input", { bubbles: true }));
       field.form.requestSubmit();`,
      PASSWORD,
    );
    await browser.ask(AGENDA);
    const opened = performance.now() - typed;
    await pause(2000);
    return { start, opened, memory: memory(leader) };
  });
}

const median = (figures) => figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)];
const row = (what, ours, theirs) =>
  console.log(
    `${what.padEnd(44)} ${ours.toFixed(1).padStart(10)} ${(theirs?.toFixed(1) ?? "").padStart(12)} ${(theirs ? (ours / theirs).toFixed(2) : "").padStart(8)}`,
  );

try {
  const data = join(ground, "data");
  execFileSync(join(bin, "praxisctl"), ["--data", data, "demo", "--seed", "1"], {
    env: { ...process.env, PRAXIS_PASSWORD: PASSWORD },
    stdio: "ignore",
  });
  const [ours, theirs] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await praxis(data));
    theirs.push(await bareWindow());
  }
  const [start, size] = [median(theirs.map((one) => one.start)), median(theirs.map((one) => one.memory))];
  row("window, start to first screen (ms)", median(ours.map((one) => one.start)), start);
  row("password to agenda with its cards (ms)", median(ours.map((one) => one.opened)));
  row("window with the agenda, memory (MB PSS)", median(ours.map((one) => one.memory)), size);
  row("program on disk (MB)", statSync(join(bin, "praxis")).size / 1e6);
} finally {
  rmSync(ground, { recursive: true, force: true });
}
