// The screens in a browser: what they say, and that everybody can use them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Door } from "./door.mjs";

const PASSWORD = "quatro cavalos no rio";
let door;

before(async () => {
  door = await Door.open();
});
after(() => door?.close());

test("the first screen offers three ways and has no fault", async () => {
  await door.page.getByRole("heading", { name: "Como você quer começar?" }).waitFor();

  assert.equal(await door.page.getByRole("button", { name: "Explorar a demonstração" }).count(), 1);
  assert.deepEqual(await door.faults(), []);
});

test("without the token nothing is answered", async () => {
  const answer = await fetch(`http://127.0.0.1:${door.port}/call/system.status`, { method: "POST", body: "{}" });

  assert.equal(answer.status, 403);
});

test("a clinic without a name is refused where the name is missing", async () => {
  await door.page.getByRole("button", { name: "Começar uma clínica" }).click();
  await door.page.getByRole("button", { name: "Continuar" }).click();

  const field = door.page.getByLabel("Nome que o paciente conhece");
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  assert.deepEqual(await door.faults(), []);
});

test("a clinic is founded with the keyboard alone, and its recovery words are shown", async () => {
  await door.page.getByLabel("Nome que o paciente conhece").fill("Clínica Ipê");
  await door.page.keyboard.press("Enter");
  await door.page.getByRole("heading", { name: "Quem administra" }).waitFor();
  await door.page.getByLabel("Seu nome").fill("Ana Prado");
  await door.page.getByLabel("Senha", { exact: true }).fill(PASSWORD);
  await door.page.getByLabel("Repita a senha").fill(PASSWORD);
  await door.page.keyboard.press("Enter");
  await door.page.getByRole("heading", { name: "Guarde estas palavras" }).waitFor({ timeout: 60_000 });

  assert.deepEqual(await door.faults(), []);
  await door.page.getByRole("checkbox").check();
  await door.page.getByRole("button", { name: "Abrir a clínica" }).click();
  await door.page.getByRole("link", { name: "Agenda" }).first().waitFor();
});

for (const [place, sign] of [
  ["agenda", "Nenhum profissional"],
  ["reception", "Recepção"],
  ["patients", "Pacientes"],
])
  test(`the empty screen ${place} has no fault, light and dark`, async () => {
    await door.go(`#/${place}`);
    await door.page.getByText(sign).first().waitFor();
    for (const colorScheme of ["light", "dark"]) {
      await door.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      assert.deepEqual(await door.faults(), [], colorScheme);
    }
  });

test("a computer is given the name people call it by, and carries it at once", async () => {
  await door.go("#/settings/computers");
  await door.page.getByRole("button", { name: "Mudar: Clínica Ipê · A" }).click();
  await door.page.getByLabel("Nome", { exact: true }).fill("Recepção");
  await door.page.keyboard.press("Enter");

  await door.page.getByRole("cell", { name: "Recepção Este computador" }).waitFor();
  assert.deepEqual(await door.faults(), []);
});

test("no screen threw on the way", () => {
  assert.deepEqual(door.complaints, []);
});
