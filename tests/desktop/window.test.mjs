// The real window: it opens, shows the first screen, and its border holds.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Window } from "./window.mjs";

const binary = process.env.PRAXIS_BINARY;
const data = mkdtempSync(join(tmpdir(), "praxis-window-"));
const run = mkdtempSync(join(tmpdir(), "praxis-run-"));
let window;

before(async () => {
  window = await Window.open({ binary, data, env: { XDG_RUNTIME_DIR: run } });
  await window.inPortuguese();
});

after(async () => {
  await window?.close();
  for (const folder of [data, run]) rmSync(folder, { recursive: true, force: true });
});

test("an empty data folder opens on the three ways to start", async () => {
  await window.find("heading", "Como você quer começar?");

  for (const way of ["Começar uma clínica", "Entrar em uma clínica", "Explorar a demonstração"])
    assert.ok(await window.has("button", way), `${way} is offered`);
});

test("the window is as large as the design asks", async () => {
  const [width, height] = await window.run("return [innerWidth, innerHeight]");

  assert.ok(width >= 1400 && height >= 860, `${width}×${height}`);
});

test("an unknown command is refused, not failed", async () => {
  await assert.rejects(window.call("no.such_command"), (complaint) => {
    assert.deepEqual(complaint.reply, { refused: { reason: { code: "unknown_command" } } });
    return true;
  });
});

test("the page may give no command of the shell but call", async () => {
  for (const command of ["plugin:window|set_title", "plugin:event|emit", "plugin:path|resolve_directory", "plugin:app|version"]) {
    const outcome = await window.run(
      "return window.__TAURI_INTERNALS__.invoke(arguments[0], {}).then(() => 'allowed', (e) => String(e))",
      command,
    );
    assert.match(outcome, /not allowed|not found|denied/i, command);
  }
});

test("nothing is fetched, loaded or evaluated from outside", async () => {
  const outcomes = await window.run(`
    const tried = {};
    tried.fetch = await fetch("http://127.0.0.1:9/x").then(() => "went out", (e) => "blocked: " + e.message);
    const heard = [];
    document.addEventListener("securitypolicyviolation", (v) => heard.push(v.effectiveDirective));
    for (const [tag, key] of [["script", "src"], ["img", "src"]]) {
      const element = document.createElement(tag);
      element[key] = "http://127.0.0.1:9/" + tag;
      document.body.append(element);
    }
    const inline = document.createElement("script");
    inline.textContent = "window.__inline = true";
    document.body.append(inline);
    await new Promise((wait) => setTimeout(wait, 300));
    tried.inline = window.__inline === true;
    tried.heard = heard;
    return tried;
  `);

  assert.match(outcomes.fetch, /^blocked/);
  assert.equal(outcomes.inline, false, "an inline script must not run");
  for (const directive of ["script-src", "img-src"])
    assert.ok(outcomes.heard.some((heard) => heard.startsWith(directive)), `${directive} in ${outcomes.heard}`);
});

test("a second start on the same folder ends at once and leaves one window", async () => {
  const second = spawn(binary, { env: { ...process.env, PRAXIS_DATA: data, XDG_RUNTIME_DIR: run }, stdio: "ignore" });
  const ended = await Promise.race([
    new Promise((resolve) => second.once("exit", resolve)),
    new Promise((resolve) => setTimeout(resolve, 15_000, "still there")),
  ]);
  second.kill();

  assert.equal(ended, 0);
  assert.ok(await window.has("heading", "Como você quer começar?"), "the first window lives on");
});
