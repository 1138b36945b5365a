// The visit is charged: a part by PIX, the rest in parts; its papers are printed and saved.
import { join } from "node:path";
import { addService, issue, seePix } from "./charging.mjs";
import { brCodeHolds, drawn, look, printed, sameBytes, saved, says, scan, sizeOf } from "./papers.mjs";
import { CONCEICAO } from "./registration.mjs";
import { CLEANING, TOXIN } from "./setting-up.mjs";

export async function money(scene) {
  const window = scene.a;

  await scene.step("a line is added to what the visit began, a part is paid by PIX, the rest falls due in three", async () => {
    await window.click("button", `Cobrar: ${CONCEICAO}`);
    await window.find("heading", "Cobrança da visita");
    await addService(window, CLEANING);
    await window.fill("Agora", "1000,00");
    await window.click("radio", "3×");
    await window.sees("3 de 3");
    await seePix(window);
    await window.shot(join(scene.tour, "14-charge.png"));
    scene.invoice = await issue(window);
    await window.shot(join(scene.tour, "14-issued.png"));
    const { number, total, open, instalments, payments } = scene.invoice;
    const cents = (sum) => Number(sum.amount.replace(".", ""));
    const parts = instalments.reduce((sum, part) => sum + cents(part.amount), 0);
    if (parts !== 102_000 || cents(total) !== 202_000 || payments[0].method !== "pix") throw new Error(JSON.stringify(scene.invoice));
    return `${number}, ${total.amount}, open ${open.amount} in ${instalments.length}`;
  });
  await scene.step("the PIX code on the screen is what a telephone reads", async () => {
    const payload = scan(scene, "14-charge.png");
    if (!brCodeHolds(payload)) throw new Error(`not a BR Code: ${payload}`);
    return payload.slice(0, 40);
  });
  await scene.step("the invoice comes out of the printer as it was shown, and its PIX code decodes", async () => {
    const { pdf_base64: shown } = await window.call("system.paper", { paper: { kind: "invoice", id: scene.invoice.id } });
    await window.click("button", "Ver nota");
    await window.find("heading", "Impressão");
    await drawn(window);
    await window.shot(join(scene.tour, "14-paper.png"));
    const words = look(scene, await printed(scene, window), "invoice");
    says(words, [CONCEICAO, TOXIN, "2.020,00", scene.invoice.number]);
    sameBytes(scene, "invoice", shown);
    const payload = scan(scene, "invoice-1.png");
    if (!brCodeHolds(payload)) throw new Error(`not a BR Code: ${payload}`);
    const { payload: said } = await window.call("billing.pix", { invoice_id: scene.invoice.id });
    if (said !== payload) throw new Error(`paper and core differ:\n${payload}\n${said}`);
    if (sizeOf(scene, "invoice") > 60 * 1024) throw new Error(`${sizeOf(scene, "invoice")} bytes`);
    return `${sizeOf(scene, "invoice")} bytes`;
  });
  await scene.step("the receipt is saved as a file", async () => {
    const [{ receipt_number: number }] = scene.invoice.payments;
    await window.press("Escape");
    await window.click("button", number);
    await window.find("heading", "Impressão");
    says(look(scene, await saved(window), "receipt"), ["1.000,00", number]);
    return number;
  });
  await scene.step("the patient's page tells the whole of it", async () => {
    await window.press("Escape");
    await window.find("button", "Ver nota");
    await window.press("Escape");
    await window.find("heading", CONCEICAO);
    await window.sees("1.020,00 em aberto");
    await window.shot(join(scene.tour, "14-patient-after.png"));
  });
}
