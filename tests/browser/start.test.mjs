// Coming in: joining a clinic, and signing in with a wrong and a right password.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Door } from "./door.mjs";

const PASSWORD = "quatro cavalos no rio";
let door, ana;

before(async () => {
  door = await Door.open();
});
after(() => door?.close());

const focused = () => door.page.evaluate(() => document.activeElement?.labels?.[0]?.innerText ?? document.activeElement?.tagName);
/** Wrong passwords until the next one costs four seconds: long enough to be seen on a slow machine too. */
async function mistakes(user) {
  for (let wrong = 0; wrong < 2; )
    await door.call("system.sign_in", { user_id: user, password: "outra coisa" }).catch(({ reply }) => {
      if (reply.refused.reason.code === "wrong_password") wrong += 1;
    });
}
const field = (label) => door.page.getByLabel(label, { exact: true });

/** Eight words that belong together, and no server's. */
const CODE = "badal badal badal badal badal badal badal visil";

test("what is typed while joining stands in the field it was typed in", async () => {
  await door.page.getByRole("button", { name: "Entrar em uma clínica" }).press("Enter");
  await door.page.getByRole("heading", { name: "Entrar em uma clínica" }).waitFor();
  assert.equal(await focused(), "Servidor");

  // Nothing listens on this port.
  await door.page.keyboard.type("http://127.0.0.1:9");
  await door.page.keyboard.press("Tab");
  await door.page.keyboard.type(CODE);
  await door.page.keyboard.press("Tab");
  await door.page.keyboard.type(PASSWORD);
  await door.page.keyboard.press("Enter");
  await door.page.getByText("O servidor não respondeu").waitFor();
  await door.page.keyboard.type("!");

  assert.equal(await field("Servidor").inputValue(), "http://127.0.0.1:9");
  assert.equal(await field("Código de entrada").inputValue(), CODE);
  assert.equal(await field("Sua senha na clínica").inputValue(), `${PASSWORD}!`);
  assert.equal(await field("Sua senha na clínica").getAttribute("type"), "password");

  // A slip is told here, before anybody is asked.
  await field("Código de entrada").fill(CODE.replace("badal visil", "badam visil"));
  await door.page.keyboard.press("Enter");
  await door.page.getByText("A 7ª palavra não é de um código.").waitFor();
  await field("Código de entrada").fill(CODE.replace("badal visil", "visil badal"));
  await door.page.keyboard.press("Enter");
  await door.page.getByText("Confira as oito palavras").waitFor();
  assert.deepEqual(await door.faults(), []);
  await door.page.getByRole("button", { name: "Voltar" }).click();
});

test("no field takes the focus after the screen was shown", async () => {
  // A browser obeys the attribute once in a document's life: this needs a new one.
  await door.page.reload();
  await door.page.getByRole("button", { name: "Entrar em uma clínica" }).waitFor();
  // Between two fields, or while a button is off, nobody has the focus. The painting that follows must leave it so.
  const after = await door.page.evaluate(async () => {
    const turn = () => new Promise((resolve) => setTimeout(resolve));
    [...document.querySelectorAll("button")].find((one) => one.innerText.includes("Entrar em uma clínica")).click();
    while (document.activeElement?.tagName !== "INPUT") await Promise.resolve();
    document.activeElement.blur();
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    await turn();
    return document.activeElement.tagName;
  });

  assert.equal(after, "BODY");
  await door.page.getByRole("button", { name: "Voltar" }).click();
});

test("a wrong password, and at once the right one: the door opens by itself when the wait is over", async () => {
  const { session } = await door.call("organization.found", {
    profile: "aesthetic-br",
    locale: "pt-BR",
    clinic: { name: "Clínica Ipê" },
    admin: { name: "Ana Prado", password: PASSWORD },
  });
  ana = session.user.id;
  await door.call("system.sign_out");
  await mistakes(ana);
  await door.page.reload();
  await field("Senha").waitFor();
  assert.equal(await focused(), "Senha");

  await door.page.keyboard.type("quatro cavalos no mar");
  await door.page.keyboard.press("Enter");
  await door.page.getByText("Senha errada.").waitFor();
  assert.equal(await field("Senha").inputValue(), "", "what was wrong is gone");
  assert.equal(await focused(), "Senha");

  await door.page.keyboard.type(PASSWORD);
  await door.page.keyboard.press("Enter");
  await door.page.getByText("O que foi digitado será tentado em").waitFor();
  assert.equal(await field("Senha").inputValue(), PASSWORD, "what was not tried stays");
  assert.match(await door.page.getByRole("timer").innerText(), /^\d+ s$/);
  assert.deepEqual(await door.faults(), []);

  await door.page.getByRole("link", { name: "Agenda" }).first().waitFor();
});

test("typing again ends the wait, and nothing is tried behind one's back", async () => {
  await door.call("system.sign_out");
  await mistakes(ana);
  await door.page.reload();
  await field("Senha").waitFor();
  await door.page.keyboard.type("terceira tentativa");
  await door.page.keyboard.press("Enter");
  await door.page.getByText("Senha errada.").waitFor();
  await door.page.keyboard.type(PASSWORD);
  await door.page.keyboard.press("Enter");
  await door.page.getByRole("timer").waitFor();
  await door.page.keyboard.type("!");
  await door.page.getByRole("timer").waitFor({ state: "detached" });

  // Longer than the four seconds that a third wrong password costs.
  await door.page.waitForTimeout(4500);
  assert.equal(await field("Senha").inputValue(), `${PASSWORD}!`);
  await door.page.keyboard.press("Backspace");
  await door.page.keyboard.press("Enter");
  await door.page.getByRole("link", { name: "Agenda" }).first().waitFor();
});

test("wrong recovery words are said under the words, and stay", async () => {
  await door.call("system.sign_out");
  await door.page.reload();
  await door.page.getByRole("button", { name: "Esqueci a senha" }).click();
  const words = door.page.getByLabel("Palavras", { exact: false }).first();
  await words.fill("nada disso abre porta alguma");
  await field("Senha nova").fill(PASSWORD);
  await door.page.keyboard.press("Enter");
  await door.page.getByText("As palavras não abrem este arquivo.").waitFor();

  assert.equal(await words.inputValue(), "nada disso abre porta alguma");
  assert.equal(await words.getAttribute("aria-invalid"), "true");
  assert.deepEqual(await door.faults(), []);
});

test("no screen threw on the way", () => {
  assert.deepEqual(door.complaints, []);
});
