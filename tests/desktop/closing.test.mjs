// A closed window: its process ends soon and in order, whatever sync is doing, and nothing acknowledged is lost.
import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Server } from "./tour/server.mjs";
import { until, Window } from "./window.mjs";

const ROUNDS = 3;
const PASSWORD = "quatro cavalos no rio";

const ground = mkdtempSync(join(tmpdir(), "praxis-closing-"));
const server = new Server({ bin: dirname(process.env.PRAXIS_BINARY), ground });
const ending = join(ground, "exit-code");
const binary = join(ground, "praxis-and-its-exit-code");
const desk = { binary, data: join(ground, "desk"), env: { XDG_RUNTIME_DIR: ground } };
let owner, window;

const signedIn = async () => {
  window = await Window.open(desk);
  await window.call("system.sign_in", { user_id: owner, password: PASSWORD });
};

before(async () => {
  writeFileSync(binary, `#!/bin/sh\nrm -f '${ending}'\n'${process.env.PRAXIS_BINARY}' "$@"\necho $? >'${ending}'\n`);
  chmodSync(binary, 0o755);
  await server.start();
  window = await Window.open(desk);
  const { session } = await window.call("organization.found", {
    profile: "aesthetic-br",
    locale: "pt-BR",
    clinic: { name: "Clínica Jardim Paulista" },
    admin: { name: "Ana Prado", password: PASSWORD },
  });
  owner = session.user.id;
  await window.call("system.adopt", { server: server.address });
});

after(async () => {
  await window?.close();
  await server.close();
  rmSync(ground, { recursive: true, force: true });
});

/** Closes the window at some moment of a flood of writes, and looks for every one of which the screen was told. */
async function closeInTheMiddle(moment) {
  await window.run(`
    window.kept = [];
    for (let at = 0; at < 80; at += 1)
      window.__TAURI_INTERNALS__.invoke("call", { name: "people.register", input: { given: "Paciente " + at } })
        .then((reply) => window.kept.push(reply.done.value.id));
  `);
  await pause(moment);
  const kept = await window.run("return window.kept");
  await window.close();

  assert.equal(readFileSync(ending, "utf8").trim(), "0", "the process ended in order");
  await signedIn();
  const lost = await window.run(
    `const open = (id) => window.__TAURI_INTERNALS__.invoke("call", { name: "people.open", input: { id } });
     return Promise.all(arguments[0].map(open)).then((replies) => replies.filter((reply) => !reply.done).length);`,
    kept,
  );
  assert.equal(lost, 0, `of ${kept.length} patients the screen was told of`);
  return kept.length;
}

async function rounds() {
  let kept = 0;
  for (let round = 0; round < ROUNDS; round += 1) kept += await closeInTheMiddle(40 + round * 130);
  assert.ok(kept > 0, "writes were acknowledged before the window closed");
}

test("with entries on their way to the server", async () => {
  await rounds();
});

test("with a server that takes every question and answers none", async () => {
  await server.close();
  const silent = createServer(() => undefined).listen(server.port, "127.0.0.1");
  try {
    await rounds();
  } finally {
    await window.close();
    silent.close();
    await signedIn();
  }
});

test("with no server there", async () => {
  await rounds();
});

test("and once the server is back, every entry of those days reaches it", async () => {
  await server.start();
  await until("nothing left to send", async () => {
    const { state, pending } = await window.call("system.sync_now");
    return pending === 0 && state === "up_to_date";
  }, 60_000);
});
