// The network goes; both desks work on. Then it comes back, and they agree.
import { join } from "node:path";
import { until } from "../window.mjs";
import { begin, card, known, settle, unknown } from "./agenda.mjs";
import { callIn, stands } from "./arrival.mjs";
import { addService, issue, seePix } from "./charging.mjs";
import { brCodeHolds, drawn, look, saved, says, scan } from "./papers.mjs";
import { openPatient } from "./patient.mjs";
import { agreed } from "./second-desk.mjs";
import { CLEANING, HELENA, TOXIN, VERA } from "./setting-up.mjs";
import { readToTheEnd, sign } from "./signing.mjs";
import { TIAGO } from "./visit.mjs";

/** Who comes to the second desk while it is alone: booked there, and without an hour. */
export const WALKED_IN = { given: "Gülşen", family: "Ağaoğlu Ibáñez" };
export const GULSEN = `${WALKED_IN.given} ${WALKED_IN.family}`;
export const ZOE = "Zoë Kästner";

const found = async (window, text) => (await window.call("people.search", { text }))[0];

async function openInbox(window) {
  await window.press("Ctrl", "k");
  await window.focused("combobox", "Buscar e agir");
  await window.type("precisam");
  await window.click("option", "Precisam de você");
}

export async function apart(scene) {
  const { a, b } = scene;
  const issued = (scene.issuedB = []);

  await scene.step("the server goes away, and both desks say so and work on", async () => {
    await scene.server.close();
    for (const window of [a, b]) {
      await window.press("F5");
      await window.sees("Sem rede · tudo funciona", 60_000);
    }
    await b.shot(join(scene.tour, "19-offline.png"));
  });
  await scene.step("both book the same practitioner at overlapping times", async () => {
    for (const window of [a, b]) await window.press("Alt", "1");
    const [here, there] = [await begin(a, HELENA, "15:00"), await begin(b, HELENA, "15:15")];
    await known(a, "tiago", TIAGO);
    await settle(a, here, { who: TIAGO, time: "15:00", service: CLEANING });
    await unknown(b, GULSEN, "(11) 95555-4433");
    await settle(b, there, { who: GULSEN, time: "15:15", service: TOXIN });
    scene.bookings = [];
    for (const [window, who] of [[a, TIAGO], [b, GULSEN]]) {
      const { cards } = await window.call("agenda.day", { date: scene.session.today });
      scene.bookings.push(cards.find(({ patient, start }) => patient.name === who && start.slice(11, 14) === "15:"));
    }
    scene.walkedIn = await found(b, "gulsen");
    return scene.bookings.map(({ patient, start }) => `${patient.name} ${start.slice(11)}`).join(", ");
  });
  await scene.step("alone, the second desk receives its patient on the board", async () => {
    await b.press("Alt", "2");
    await b.click("button", `Check-in: ${GULSEN}`);
    await stands(b, "Chegaram", GULSEN);
  });
  await scene.step("a consent is chosen for her, and signed by her and a witness; what the record lacks is asked for", async () => {
    await b.click("article", GULSEN);
    await b.focused("article", GULSEN);
    await b.press("F10");
    await b.focused("textbox", "Região da aplicação");
    await b.click("button", "Termo de consentimento: bioestimulador de colágeno");
    await b.fill("Região da aplicação", "Terço médio da face");
    await b.fill("Sessão", "1 de 3");
    await b.press("Enter");
    await b.sees("o cadastro não sabe");
    await b.focused("textbox", "Documento do paciente");
    await b.type("RG 12.345.678-9");
    await b.shot(join(scene.tour, "20-consent-asks.png"));
    await b.press("Enter");
    await b.sees("Quem assina");
    await readToTheEnd(b, "Termo de consentimento");
    await b.click("checkbox", "Tratamento");
    await b.click("checkbox", "Fotos no prontuário");
    await sign(b, "Célia Prates");
    await b.shot(join(scene.tour, "20-consent-witness.png"));
    await b.press("Ctrl", "Enter");
    await b.find("heading", "Documento selado");
    [scene.consentB] = await b.call("documents.list", { patient_id: scene.walkedIn.id });
    if (scene.consentB.state !== "sealed") throw new Error(`the document is ${scene.consentB.state}`);
    return scene.consentB.short_code;
  });
  await scene.step("she is treated; meanwhile somebody without an hour walks in, and is treated too", async () => {
    await b.press("Alt", "2");
    await callIn(b, GULSEN, "Sala 1");
    await b.press("F4");
    const within = await b.find("dialog", "Sem hora marcada");
    await b.choose("Serviço", CLEANING, { within });
    // With whom and where nobody is booked: at some hour of the day this visit would stand on those of the others.
    await b.choose("Profissional", VERA, { within });
    await b.click("combobox", "Paciente", { within });
    await b.type(ZOE);
    await b.click("option", "Cadastrar", { within });
    await stands(b, "Chegaram", ZOE);
    await b.shot(join(scene.tour, "20-reception-alone.png"));
    await b.click("button", `Finalizar: ${GULSEN}`);
    await stands(b, "A cobrar", GULSEN);
    await callIn(b, ZOE, "Sala 2");
    await b.click("button", `Finalizar: ${ZOE}`);
    await stands(b, "A cobrar", ZOE);
    scene.zoe = await found(b, "zoe");
  });
  await scene.step("both pay, one by PIX, one in cash, and the one buys something on the way out", async () => {
    await b.click("button", `Cobrar: ${GULSEN}`);
    await seePix(b);
    issued.push(await issue(b));
    await b.press("Alt", "2");
    await b.click("button", `Cobrar: ${ZOE}`);
    await b.find("heading", "Cobrança da visita");
    await b.press("1");
    issued.push(await issue(b));
    await openPatient(b, ZOE, "zoe");
    await b.press("F9");
    await b.find("heading", "Cobrança da visita");
    await b.press("a");
    const within = await b.find("dialog", "Acrescentar linha");
    await b.fill("Descrição", "Creme hidratante", { within });
    await b.fill("Unitário", "89,90", { within });
    await b.fill("Desconto", "9,90", { within });
    await b.press("Ctrl", "Enter");
    await b.gone("dialog", "Acrescentar linha");
    await b.find("button", "Tirar linha: Creme hidratante");
    await b.click("radio", "Dinheiro");
    issued.push(await issue(b));
    return issued.map(({ number, paid }) => `${number} ${paid.amount}`).join(", ");
  });
  await scene.step("its numbers are its own and without a gap", async () => {
    const prefix = scene.prefixes[1];
    const numbers = issued.map((invoice) => invoice.number);
    const receipts = issued.map((invoice) => invoice.payments[0].receipt_number);
    for (const series of [numbers, receipts])
      series.forEach((number, at) => {
        const [, its, count] = /^(.*?)(\d+)$/.exec(number);
        if (!its.includes(prefix) || Number(count) !== at + 1) throw new Error(`${series.join(", ")} in series ${prefix}`);
      });
    return [...numbers, ...receipts].join(", ");
  });
  await scene.step("without a printer its papers become files, and what is not paid yet carries its PIX code", async () => {
    await openPatient(b, GULSEN, "gulsen");
    await b.press("F9");
    await b.find("heading", "Cobrança da visita");
    await addService(b, CLEANING);
    await b.fill("Agora", "");
    await b.find("button", "Emitir nota");
    scene.unpaid = await issue(b);
    await b.click("button", "Ver nota");
    await b.sees("Nenhuma impressora neste computador");
    if (await b.has("button", "Imprimir")) throw new Error("a print button without a printer");
    says(look(scene, await saved(b), "invoice-unpaid"), [GULSEN, "220,00", scene.unpaid.number]);
    const payload = scan(scene, "invoice-unpaid-1.png");
    if (!brCodeHolds(payload)) throw new Error(`not a BR Code: ${payload}`);
    await drawn(b);
    await b.shot(join(scene.tour, "20-paper-alone.png"));
    return scene.unpaid.number;
  });
}

export async function together(scene) {
  const { a, b } = scene;
  await scene.step("the server is back, and both agree until nothing waits", async () => {
    const waited = [];
    for (const window of [a, b]) waited.push((await window.call("system.sync_status")).pending);
    await scene.server.start();
    const seesAll = async (window) => {
      const { open: waiting } = await window.call("system.inbox");
      const account = await window.call("billing.account", { patient_id: scene.walkedIn.id }).catch(() => undefined);
      return waiting.length > 0 && account?.invoices.length === 2;
    };
    await until("both desks to hold the other's day", async () => {
      for (const window of [a, b]) await agreed(window);
      return (await seesAll(a)) && (await seesAll(b));
    }, 60_000);
    return `${waited.join(" and ")} entries had waited`;
  });
  await scene.step("exactly one card, the same on both desks, behind the red pill", async () => {
    const cards = [];
    for (const [window, name] of [[a, "21-inbox.png"], [b, "22-inbox-second-desk.png"]]) {
      const { open: waiting, resolved } = await window.call("system.inbox");
      if (waiting.length !== 1 || resolved.length) throw new Error(`${waiting.length} open, ${resolved.length} resolved`);
      cards.push(waiting[0]);
      await window.click("button", "1 precisa de você");
      for (const who of [TIAGO, GULSEN]) await window.sees(who);
      await window.find("button", "Manter");
      await window.shot(join(scene.tour, name));
    }
    if (cards[0].id !== cards[1].id || cards[0].kind !== "double_booking") throw new Error(JSON.stringify(cards));
    const { first, second } = cards[0].title_data;
    return `${first.patient} (${first.desk}) and ${second.patient} (${second.desk})`;
  });
  await scene.step("nothing is lost: both bookings and all invoices are on both desks", async () => {
    const invoices = [scene.invoice, ...scene.issuedB, scene.unpaid];
    for (const [window, name] of [[a, "23-conflict.png"], [b, "23-conflict-second-desk.png"]]) {
      await window.press("Alt", "1");
      for (const { patient, start } of scene.bookings) await card(window, patient.name, start.slice(11));
      await window.sees("1 conflito");
      await window.shot(join(scene.tour, name));
      for (const issued of invoices) {
        const held = await window.call("billing.open", { invoice_id: issued.id });
        if (held.number !== issued.number || held.paid.amount !== issued.paid.amount)
          throw new Error(`${issued.number}: ${JSON.stringify(held)}`);
      }
      for (const [text, id] of [["gulsen agaoglu", scene.walkedIn.id], ["zoe kastner", scene.zoe.id]])
        if ((await found(window, text))?.id !== id) throw new Error(`${text} is not found`);
    }
    return `${scene.bookings.length} bookings, ${invoices.length} invoices`;
  });
  await scene.step("one desk takes the way out that is proposed first, and the other has it too", async () => {
    await a.click("link", "1 conflito");
    await a.find("button", "Manter");
    await a.press("Enter");
    await a.sees("Nada espera por você.");
    await a.sees("Resolvidos");
    await a.shot(join(scene.tour, "24-resolved.png"));
    await agreed(a);
    await agreed(b);
    await openInbox(b);
    await b.sees("Nada espera por você.");
    const [one] = (await b.call("system.inbox")).resolved;
    return `${one.resolved_by}: ${one.resolution}`;
  });
}
