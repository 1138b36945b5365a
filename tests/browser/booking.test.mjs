// The agenda: booking, moving and cancelling, with as many keys as the product allows each of them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { day, furnish, person, visit } from "./clinic.mjs";
import { Door, story, TODAY, until } from "./door.mjs";
import { atMost, Hand } from "./hand.mjs";

const step = story();
let door, hand, page, clinic, marina, tiago;
const TOMORROW = day(1);

/** The card of that person at that time. */
const card = (name, time) => page.getByRole("button", { name: new RegExp(`^${name}.* ${time}–`) });
const focused = (target) => target.and(page.locator(":focus")).waitFor();
const cardsOf = async (date) => (await door.call("agenda.day", { date })).cards;
const stands = async (date, name) =>
  (await cardsOf(date)).find((one) => one.patient.name === name && one.status !== "cancelled");

/** Walks with the arrow keys to the free slot of that practitioner at that time. */
async function walkTo(name, time) {
  await page.getByRole("group", { name }).waitFor();
  await page.keyboard.press("ArrowDown");
  for (let step = 0; step < 80; step += 1) {
    const label = await page.evaluate(() => document.activeElement?.ariaLabel ?? document.activeElement?.innerText ?? "");
    if (label === `${time}, ${name}, livre`) return page.locator(":focus");
    const [here] = label.match(/\d\d:\d\d/) ?? [""];
    await page.keyboard.press(!label.includes(name) ? "ArrowRight" : here < time ? "ArrowDown" : "ArrowUp");
  }
  throw new Error(`no way to ${time}`);
}

/** The point of the grid that is a quarter of an hour's step, for the pointer. */
async function pointAt(name, time) {
  const column = await page.getByRole("group", { name }).boundingBox();
  const hours = (await page.locator(".ag-hours span").allInnerTexts()).map((text) => Number(text.slice(0, 2)));
  const [hour, minute] = time.split(":").map(Number);
  return { x: column.x + 40, y: column.y + ((hour + minute / 60 - hours[0]) / hours.length) * column.height + 6 };
}

before(async () => {
  door = await Door.open();
  ({ page } = door);
  clinic = await furnish(door);
  hand = new Hand(page);
  marina = await person(door, "Marina", "da Silva", { phone: "(11) 98888-1122", birth_date: "1990-05-02" });
  tiago = await person(door, "Tiago", "Arantes");
  // What she usually comes for, and with whom.
  await visit(door, clinic, marina, `${day(-14)}T09:00`);
});
after(() => door?.close());

step("an existing patient is booked from anywhere: 5 keys", async (t) => {
  // Where the palette's third row will be.
  await page.mouse.move(720, 330);
  await door.go("#/reception");
  await page.getByRole("heading", { name: "Recepção" }).waitFor();
  const keys = await hand.count(async () => {
    await hand.press("Control+k");
    await hand.type("mar sil");
    await page.getByRole("option", { name: /Marina da Silva/ }).first().waitFor();
    await hand.press("Enter");
    await page.getByRole("heading", { name: "Marina da Silva" }).waitFor();
    await hand.press("F2");
    await focused(page.getByRole("radio", { checked: true }));
    await hand.press("Enter");
    await hand.press("Enter");
    await page.getByText(/Marina da Silva: qua, 18 nov/).waitFor();
  });

  atMost(t, 5, keys);
  const booked = await stands(TODAY, "Marina da Silva");
  assert.equal(booked.service.name, "Limpeza de pele");
  await card("Marina da Silva", booked.start.slice(11)).waitFor();
  await door.sound();
});

step("who types faster than the search answers gets whom they typed, not whom they saw before", async () => {
  await page.route("**/call/people.search", async (asked) => {
    await new Promise((answered) => setTimeout(answered, 400));
    await asked.continue();
  });
  await door.go("#/reception");
  await page.getByRole("heading", { name: "Recepção" }).waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("option", { name: /Marina da Silva/ }).waitFor();
  await hand.type("tiago");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Tiago Arantes" }).waitFor();

  await door.go(`#/agenda/${TOMORROW}`);
  await walkTo("Dra. Helena Bastos", "08:00");
  await hand.type("marina");
  await page.keyboard.press("Enter");
  await focused(page.getByRole("button", { name: "Marcar" }));
  assert.equal(await page.getByRole("complementary").getByText("Paciente novo").count(), 0, "nobody is registered twice");
  await page.keyboard.press("Escape");
  await page.unroute("**/call/people.search");
});

step("an existing patient is booked on a chosen slot: 2 keys", async (t) => {
  await door.go(`#/agenda/${TOMORROW}`);
  await walkTo("Dra. Helena Bastos", "09:00");
  const keys = await hand.count(async () => {
    await hand.type("marina");
    await page.getByRole("option", { name: /Marina da Silva/ }).waitFor();
    await hand.press("Enter");
    await focused(page.getByRole("button", { name: "Marcar" }));
    await hand.press("Enter");
    await card("Marina da Silva", "09:00").waitFor();
  });

  atMost(t, 2, keys);
});

step("somebody new is registered and booked on a chosen slot: 3 keys", async (t) => {
  await walkTo("Dra. Helena Bastos", "11:00");
  const keys = await hand.count(async () => {
    await hand.type("Jorge Luis Prates");
    await page.getByRole("option", { name: /Cadastrar/ }).waitFor();
    await hand.press("Enter");
    await hand.type("11977776655");
    await hand.press("Enter");
    await focused(page.getByRole("button", { name: "Marcar" }));
    await hand.press("Enter");
    await card("Jorge Luis Prates", "11:00").waitFor();
  });

  atMost(t, 3, keys);
  const [found] = await door.call("people.search", { text: "prates" });
  assert.equal(found.phone, "(11) 97777-6655");
});

step("two people at the same hour are refused with the name of who is there, and the panel stays as it was", async () => {
  await walkTo("Dra. Helena Bastos", "10:00");
  await hand.type("tiago");
  await page.getByRole("option", { name: /Tiago Arantes/ }).waitFor();
  await page.keyboard.press("Enter");
  await focused(page.getByRole("button", { name: "Marcar" }));
  await page.getByLabel("Horário").fill("99:30");
  await page.keyboard.press("Control+Enter");
  await page.getByText("Use hora e minuto: 14:30.").waitFor();
  assert.equal(await stands(TOMORROW, "Tiago Arantes"), undefined, "not booked at the time before");
  await page.getByLabel("Horário").fill("09:30");
  await page.keyboard.press("Control+Enter");
  await page.getByText("Dra. Helena Bastos já tem Marina da Silva das 09:00 às 10:00.").waitFor();

  assert.equal(await stands(TOMORROW, "Tiago Arantes"), undefined);
  await door.sound();
  await page.getByLabel("Horário").fill("10:00");
  await page.getByLabel("Horário").press("Tab");
  await page.keyboard.press("Control+Enter");
  await card("Tiago Arantes", "10:00").waitFor();
});

step("outside the hours is warned of, and booked when somebody says so", async () => {
  await walkTo("Dra. Helena Bastos", "12:15");
  await hand.type("marina");
  await page.getByRole("option", { name: /Marina da Silva/ }).waitFor();
  await page.keyboard.press("Enter");
  await focused(page.getByRole("button", { name: "Marcar" }));
  await page.getByLabel("Horário").fill("18:30");
  await page.getByLabel("Horário").press("Tab");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("button", { name: "Marcar assim mesmo" }).click();
  await card("Marina da Silva", "18:30").waitFor();

  // Taken back at once: it was booked by mistake, and stays on file as that.
  await page.keyboard.press("Control+z");
  await until("the booking is taken back", async () => {
    const late = (await cardsOf(TOMORROW)).find((one) => one.start.endsWith("18:30"));
    return late.status === "cancelled";
  });
});

step("a card is dragged to another hour: 1 gesture, and taken back", async (t) => {
  const keys = await hand.count(async () => {
    await hand.drag(card("Marina da Silva", "09:00"), await pointAt("Rui Falcão", "14:00"));
    await card("Marina da Silva", "14:00").waitFor();
  });

  atMost(t, 1, keys);
  assert.equal((await stands(TOMORROW, "Marina da Silva")).practitioner, "Rui Falcão");
  await page.keyboard.press("Control+z");
  await card("Marina da Silva", "09:00").waitFor();
  assert.equal((await stands(TOMORROW, "Marina da Silva")).practitioner, "Dra. Helena Bastos");
});

step("a card dragged onto another one says whose hour it is, and stays", async () => {
  const from = await card("Marina da Silva", "09:00").boundingBox();
  const to = await pointAt("Dra. Helena Bastos", "11:00");
  await page.mouse.move(from.x + 20, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.getByText("Ocupado: Jorge Luis Prates").waitFor();
  await page.mouse.up();

  await card("Marina da Silva", "09:00").waitFor();
  assert.equal((await stands(TOMORROW, "Marina da Silva")).start, `${TOMORROW}T09:00`);
});

step("a card is moved by X, a step and Enter: 3 keys", async (t) => {
  await card("Tiago Arantes", "10:00").focus();
  const keys = await hand.count(async () => {
    await hand.press("x");
    await page.getByText("Tiago Arantes está na bandeja").waitFor();
    await page.getByRole("button", { name: /^Tiago Arantes.* Bandeja$/ }).waitFor();
    await hand.press("ArrowRight");
    await focused(page.getByRole("button", { name: "10:00, Rui Falcão, livre" }));
    await hand.press("Enter");
    await page.waitForFunction(() => document.querySelector(".tray") === null);
  });

  atMost(t, 3, keys);
  await card("Tiago Arantes", "10:00").waitFor();
  assert.equal((await stands(TOMORROW, "Tiago Arantes")).practitioner, "Rui Falcão");
});

step("the first free slot has the focus as soon as it is known who comes", async () => {
  await door.go("#/reception");
  await page.getByRole("heading", { name: "Recepção" }).waitFor();
  // Nobody is at hand on a page just opened.
  await page.reload();
  await page.getByRole("heading", { name: "Recepção" }).waitFor();
  await page.keyboard.press("F2");
  await focused(page.getByLabel("Paciente"));
  await hand.type("mar sil");
  await page.getByRole("option", { name: /Marina da Silva/ }).waitFor();
  await page.keyboard.press("Enter");

  await focused(page.getByRole("radio", { checked: true }));
  await page.keyboard.press("Escape");
  await door.go(`#/agenda/${TOMORROW}`);
  await card("Tiago Arantes", "10:00").waitFor();
});

step("an appointment is cancelled with its reason: 3 keys", async (t) => {
  await card("Tiago Arantes", "10:00").focus();
  const keys = await hand.count(async () => {
    await hand.press("Delete");
    await page.getByRole("dialog").waitFor();
    await hand.press("3");
    await hand.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  atMost(t, 3, keys);
  const [gone] = (await cardsOf(TOMORROW)).filter((one) => one.patient.name === "Tiago Arantes");
  assert.equal(gone.status, "cancelled");
});

step("who did not come is noted: 2 keys", async (t) => {
  const late = await visit(door, clinic, tiago, `${TODAY}T09:30`, { resource_id: clinic.rui.resource_id });
  await door.go("#/agenda");
  await card("Tiago Arantes", "09:30").focus();
  const keys = await hand.count(async () => {
    await hand.press("Delete");
    await page.getByRole("dialog").waitFor();
    await hand.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  atMost(t, 2, keys);
  const { card: now } = await door.call("agenda.open", { appointment_id: late.appointment_id });
  assert.equal(now.status, "no_show");
});

step("the week shows the days of one practitioner, and moves a card to another day", async () => {
  await door.go(`#/week/${TODAY}`);
  await card("Marina da Silva", "09:00").waitFor();
  await door.sound();

  await card("Marina da Silva", "09:00").focus();
  await page.keyboard.press("Alt+ArrowRight");
  await page.getByText(/Marina da Silva às 20 nov/).waitFor();
  assert.equal(await stands(TOMORROW, "Marina da Silva"), undefined);
  await page.keyboard.press("Control+z");
  await until("the move is taken back", async () => (await stands(TOMORROW, "Marina da Silva"))?.start.endsWith("09:00"));
});

test("no screen threw on the way", () => {
  assert.deepEqual(door.complaints, []);
});
