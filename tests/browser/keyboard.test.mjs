// The keyboard alone: everything is reached, seen where it is, and left one layer at a time.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { furnish, person, visit } from "./clinic.mjs";
import { Door, TODAY } from "./door.mjs";

let door, page, marina, booked;
const focused = (target) => target.and(page.locator(":focus")).waitFor();
const strip = () => page.getByRole("contentinfo").innerText();

before(async () => {
  door = await Door.open();
  ({ page } = door);
  const clinic = await furnish(door);
  marina = await person(door, "Marina", "da Silva");
  booked = await visit(door, clinic, marina, `${TODAY}T11:00`);
  const walkIn = await person(door, "Tiago", "Arantes");
  await door.call("reception.walk_in", { patient_id: walkIn.id });
  await page.getByRole("link", { name: "Agenda" }).first().waitFor();
});
after(() => door?.close());

/**
 * What the tab key meets from the top of the page to its end: how each place is called, and whether one sees that the
 * focus is there. A place whose look does not change, in itself or in the frame around it, is not seen.
 */
async function walk() {
  await page.evaluate(() => {
    // From the top: what had the focus before is where the key would go on from.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  });
  const met = [];
  for (let step = 0; step < 150; step += 1) {
    await page.keyboard.press("Tab");
    const place = await page.evaluate(() => {
      const here = document.activeElement;
      if (!here || here === document.body) return undefined;
      const look = () =>
        [here, here.parentElement, here.parentElement?.parentElement, here.closest("label")]
          .filter(Boolean)
          .map((one) => getComputedStyle(one))
          .map((style) => [style.boxShadow, style.outlineStyle, style.outlineColor, style.borderColor].join())
          .join(";");
      const on = look();
      const box = here.getBoundingClientRect();
      const name = here.getAttribute("aria-label") ?? here.labels?.[0]?.innerText ?? here.innerText ?? here.title;
      here.blur();
      const off = look();
      here.focus();
      here.dataset.met = "";
      return {
        name: `${here.tagName.toLowerCase()} ${name.trim().replaceAll(/\s+/g, " ").slice(0, 40)}`,
        seen: on !== off,
        within: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
      };
    });
    if (!place) break;
    met.push(place);
  }
  const missed = await page.evaluate(() =>
    [...document.querySelectorAll("a[href], button, input, select, textarea")]
      .filter((one) => !one.disabled && one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }))
      .filter((one) => !("met" in one.dataset))
      .map((one) => one.outerHTML.slice(0, 120)),
  );
  return { met, missed };
}

for (const [name, place, sign] of [
  ["the agenda with an open card", () => `#/agenda/${TODAY}/${booked.appointment_id}`, "Antes de chamar"],
  ["the week", () => `#/week/${TODAY}`, "Marina da Silva"],
  ["the reception", () => "#/reception", "Sem hora marcada"],
  ["the patients", () => "#/patients", "Buscar paciente"],
  ["a patient", () => `#/patients/${marina.id}`, "Linha do tempo"],
  ["a chart", () => `#/patients/${marina.id}/chart`, "Texto da nota"],
  ["a record", () => `#/patients/${marina.id}/record`, "Sobrenome"],
  ["the invoices", () => "#/invoices", "Notas"],
  ["a patient's documents", () => `#/patients/${marina.id}/documents`, "Nenhum documento ainda."],
  ["a patient's account", () => `#/patients/${marina.id}/accounts`, "Nenhuma nota aqui."],
  ["the inbox", () => "#/inbox", "Precisam de você"],
  ["the clinic's data", () => "#/settings/clinic", "Chave PIX"],
  ["the practitioners", () => "#/settings/practitioners", "Helena"],
  ["the services", () => "#/settings/services", "Toxina botulínica"],
  ["the rooms", () => "#/settings/rooms", "Sala 2"],
  ["the people", () => "#/settings/users", "Ana Prado"],
  ["the computers", () => "#/settings/computers", "Servidor"],
])
  test(`on ${name} the tab key meets every control, each is seen, and none holds it`, async () => {
    await door.go(place());
    await page.locator(".work").getByText(sign).first().waitFor();
    await door.sound();
    const { met, missed } = await walk();

    assert.ok(met.length < 150, "the end is reached");
    assert.deepEqual(met.filter((one) => !one.seen).map((one) => one.name), [], "not seen to have the focus");
    assert.deepEqual(met.filter((one) => !one.within).map((one) => one.name), [], "out of sight");
    assert.deepEqual(missed, [], "never reached");
  });

test("escape closes one layer at a time", async () => {
  await door.go(`#/agenda/${TODAY}/${booked.appointment_id}`);
  const card = page.getByRole("complementary", { name: "Agendamento" });
  const booking = page.getByRole("form", { name: "Novo agendamento" });
  const palette = page.getByRole("dialog", { name: "Buscar e agir" });
  await card.waitFor();
  await page.keyboard.press("F2");
  await booking.waitFor();
  await page.keyboard.press("Control+k");
  await palette.waitFor();

  await page.keyboard.press("Escape");
  await palette.waitFor({ state: "detached" });
  await booking.waitFor();
  await page.keyboard.press("Escape");
  await booking.waitFor({ state: "detached" });
  await card.waitFor();
  await page.keyboard.press("Escape");
  await card.waitFor({ state: "detached" });
});

test("a list of suggestions is a layer of its own", async () => {
  await page.keyboard.press("F4");
  const dialog = page.getByRole("dialog");
  await focused(dialog.getByLabel("Paciente"));
  await page.keyboard.type("mari");
  await page.getByRole("option", { name: /Marina/ }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("listbox").waitFor({ state: "detached" });
  assert.equal(await dialog.count(), 1);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
});

test("a dialog keeps the tab key to itself, and gives the focus back", async () => {
  const opener = page.getByRole("button", { name: `Marina da Silva · 11:00` });
  await opener.focus();
  await page.keyboard.press("Delete");
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press("Tab");
    assert.ok(await dialog.evaluate((one) => one.contains(document.activeElement)), `step ${step}`);
  }
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await focused(opener);
});

test("the question mark lists the keys of the place, and the strip shows the nearest", async () => {
  assert.match(await strip(), /F2.*novo/s);
  await page.keyboard.press("?");
  const list = page.getByRole("dialog", { name: "Teclas desta tela" });
  await list.waitFor();
  for (const [key, does] of [
    ["F7", "check-in"],
    ["G", "ir para data"],
    ["W", "semana"],
    ["F4", "sem hora"],
  ])
    assert.match(await list.innerText(), new RegExp(`${key}\\s+${does}`));
  await door.sound();
  await page.keyboard.press("Escape");
  await list.waitFor({ state: "detached" });

  await page.keyboard.press("Alt+2");
  await page.getByRole("heading", { name: "Recepção" }).waitFor();
  assert.match(await strip(), /próximo passo/);
});

test("a letter typed in a field stays a letter", async () => {
  await page.keyboard.press("Alt+3");
  await page.getByLabel("Buscar paciente").click();
  await page.keyboard.type("nt?");

  assert.equal(await page.getByLabel("Buscar paciente").inputValue(), "nt?");
  assert.equal(await page.getByRole("dialog").count(), 0);
});

test("the panes are walked with F6", async () => {
  await page.keyboard.press("Alt+1");
  await page.getByRole("button", { name: "Novo", exact: true }).waitFor();
  await page.keyboard.press("F6");
  const where = () => page.evaluate(() => document.activeElement?.closest(".rail, .work-pane, .drawer")?.className ?? "");
  const first = await where();
  await page.keyboard.press("F6");
  const second = await where();

  assert.notEqual(first, "");
  assert.notEqual(second, first);
});

test("no screen threw on the way", () => {
  assert.deepEqual(door.complaints, []);
});
