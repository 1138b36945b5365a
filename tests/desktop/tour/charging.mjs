// The charge as a hand makes it: lines, what is paid now and how, the rest in parts.
import { until } from "../window.mjs";

/** Adds a service of the catalogue to the draft on the screen. */
export async function addService(window, service) {
  await window.click("button", "Acrescentar linha");
  const within = await window.find("dialog", "Acrescentar linha");
  await window.choose("Serviço", service, { within });
  await window.press("Ctrl", "Enter");
  await window.gone("dialog", "Acrescentar linha");
  await window.find("button", `Tirar linha: ${service}`);
}

/** Says that the PIX was seen, once the code is there for the patient to scan. */
export async function seePix(window) {
  await window.find("img", "Código PIX");
  await window.click("checkbox", "Vi o PIX cair na conta");
}

/** Issues what stands on the screen, with the keyboard; answers the invoice as the core holds it. */
export async function issue(window) {
  await window.press("Ctrl", "Enter");
  await window.find("button", "Ver nota");
  const [, id] = /#\/invoices\/(.+)/.exec(await window.run("return location.hash"));
  return until("the number", async () => {
    const invoice = await window.call("billing.open", { invoice_id: id });
    return invoice.number && (await window.has("heading", invoice.number)) && invoice;
  });
}
