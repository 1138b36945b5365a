// A person's pages: opened from the palette, turned with their tabs.
import { until } from "../window.mjs";

/** Opens that person's page from wherever one is, by some letters of the name. */
export async function openPatient(window, who, text = who) {
  await window.press("Ctrl", "k");
  await window.focused("combobox", "Buscar e agir");
  await window.type(text);
  await window.find("option", who);
  await window.press("Enter");
  await shows(window, "Resumo");
}

/** Turns to a tab and waits until it is shown, so that nothing of the one before is clicked on. */
export async function turnTo(window, tab) {
  await window.click("link", tab);
  await shows(window, tab);
}

const shows = (window, tab) =>
  until(`the tab ${tab}`, () =>
    window.run(
      "return document.querySelector('.tabs [aria-current=page]')?.textContent.trim().startsWith(arguments[0])",
      tab,
    ),
  );

/** Opens one of that person's documents. */
export async function openDocument(window, who, title) {
  await openPatient(window, who);
  await turnTo(window, "Documentos");
  await window.click("link", title);
  await window.find("heading", "Documento selado");
}
