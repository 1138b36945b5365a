// The agenda as a hand uses it.
import { until } from "../window.mjs";

/** The middle of a quarter of an hour in somebody's column, scrolled into view. */
const QUARTER = String.raw`
  const [name, time] = arguments;
  const column = [...document.querySelectorAll(".ag-col")].find((one) => one.getAttribute("aria-label") === name);
  const hours = [...document.querySelectorAll(".ag-hours span")].map((one) => Number(one.textContent.slice(0, 2)));
  if (!column || !hours.length) return null;
  const [hour, minute] = time.split(":").map(Number);
  const share = (hour + (minute + 7) / 60 - hours[0]) / hours.length;
  const scroller = column.closest(".ag-scroll");
  const middle = () => { const box = column.getBoundingClientRect(); return { x: box.x + box.width / 2, y: box.y + share * box.height }; };
  const view = scroller.getBoundingClientRect();
  scroller.scrollTop += middle().y - (view.y + view.height / 2);
  return middle();
`;

/** Where a quarter of an hour of somebody's day stands on the screen. */
export const quarter = (window, name, time) =>
  until(`${time} in the column of ${name}`, () => window.run(QUARTER, name, time));

/** The card of that person at that time. */
export const card = (window, who, time) => window.find("button", `${who} · ${time}`);

/** Clicks on a free time of somebody's column; the booking opens at the side and waits for a name. */
export async function begin(window, name, time) {
  await window.drag([await quarter(window, name, time)]);
  const panel = await window.find("form", "Novo agendamento");
  await window.focused("combobox", "Paciente", { within: panel });
  return panel;
}

/** Types a name where the focus is, and takes the one who is found. */
export async function known(window, text, who) {
  await window.type(text);
  await window.find("option", who);
  await window.press("Enter");
}

/** Types a name that nobody bears yet and the telephone, and goes on. */
export async function unknown(window, who, phone) {
  await window.type(who);
  await window.find("option", "Cadastrar");
  await window.press("Enter");
  await window.focused("textbox", "Telefone");
  await window.type(phone);
  await window.press("Enter");
}

/** Says what for, saves with the keyboard, and sees the card. */
export async function settle(window, panel, { who, time, service }) {
  await window.find("button", "Trocar", { within: panel });
  await window.choose("Serviço", service, { within: panel });
  await window.press("Ctrl", "Enter");
  await window.gone("form", "Novo agendamento");
  await card(window, who, time);
}
