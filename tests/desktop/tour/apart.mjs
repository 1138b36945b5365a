// The network goes; both desks work on. Then it comes back, and they agree.
import { join } from "node:path";
import { until } from "../window.mjs";
import { agreed } from "./second-desk.mjs";
import { brCodeHolds, paper, says, scan } from "./papers.mjs";

/** Who comes to the second desk while it is alone. Names with letters of other alphabets' neighbours. */
export const WALKED_IN = { given: "Gülşen", family: "Ağaoğlu Ibáñez" };

/** A signature as the pad records it: hundredths of a pixel, and milliseconds. */
const strokes = [
  { points: Array.from({ length: 60 }, (_, at) => [4000 + at * 420, 6500 + Math.round(2600 * Math.sin(at / 3)), at * 16]) },
  { points: Array.from({ length: 12 }, (_, at) => [5000 + at * 1900, 9800 - at * 60, 1200 + at * 16]) },
];

export async function apart(scene) {
  const { a, b } = scene;
  const { today } = scene.session;
  const [helena] = scene.practitioners;
  const [toxin, cleaning] = scene.services;
  const booking = { resource_id: helena.resource_id, outside_hours: true };

  await scene.step("the server goes away, and both desks say so and work on", async () => {
    await scene.server.close();
    for (const window of [a, b])
      await until("the pill to say offline", async () => (await window.call("system.sync_now")).state === "offline", 60_000);
    await b.shot(join(scene.tour, "19-offline.png"));
  });
  await scene.step("both book the same practitioner at overlapping times", async () => {
    const identifier = { type: "cpf", value: "111.444.777-35", country: "BR" };
    scene.walkedIn = await b.call("people.register", { ...WALKED_IN, birth_date: "1994-05-02", identifier });
    const [tiago] = await a.call("people.search", { text: "tiago arantes" });
    scene.bookings = [
      await a.call("agenda.book", { ...booking, patient_id: tiago.id, service_id: cleaning.id, start: `${today}T15:00` }),
      await b.call("agenda.book", { ...booking, patient_id: scene.walkedIn.id, service_id: toxin.id, start: `${today}T15:15` }),
    ];
    return scene.bookings.map((card) => `${card.patient.name} ${card.start.slice(11)}`).join(", ");
  });
  await scene.step("alone, the second desk receives its patient on the board", async () => {
    await b.go("#/reception");
    await b.click("button", `Check-in: ${WALKED_IN.given}`);
    await b.click("button", `Chamar: ${WALKED_IN.given}`);
    await b.click("button", "Chamar", { within: await b.find("dialog", "") });
    await b.click("button", `Finalizar: ${WALKED_IN.given}`);
    await b.find("button", `Cobrar: ${WALKED_IN.given}`);
    await b.shot(join(scene.tour, "20-reception-alone.png"));
  });
  await scene.step("it has a consent signed and sealed with a key the server vouched for", async () => {
    const templates = await b.call("documents.templates");
    const template = templates.find((one) => one.locale === "pt-BR" && !one.needs_witness) ?? templates[0];
    const values = Object.fromEntries(template.fields.map((field) => [field.key, "Terço superior da face"]));
    const prepared = await b.call("documents.prepare", { patient_id: scene.walkedIn.id, template_id: template.id, values });
    const sign = { document_id: prepared.id, strokes, pad: { width: 400, height: 160 } };
    const purposes = prepared.purposes.map(({ key }) => ({ key, granted: true }));
    await b.call("documents.sign", { ...sign, role: "patient", name: scene.walkedIn.name, purposes });
    if (prepared.needs_witness) await b.call("documents.sign", { ...sign, role: "witness", name: "Célia Prates" });
    scene.consentB = await b.call("documents.seal", { document_id: prepared.id });
    return scene.consentB.short_code;
  });
  await scene.step("its numbers are its own and without a gap", async () => {
    const issued = [];
    for (const [service, method] of [[toxin, "pix"], [cleaning, "cash"], [cleaning, "cash"]]) {
      const { amount } = service.price;
      const draft = await b.call("billing.draft", { patient_id: scene.walkedIn.id });
      const lines = [{ service_id: service.id, description: service.name, quantity: "1", unit: amount }];
      await b.call("billing.amend_draft", { invoice_id: draft.id, lines });
      issued.push(await b.call("billing.issue", { invoice_id: draft.id, due_on: today, payment: { amount, method } }));
    }
    const prefix = scene.prefixes[1];
    const numbers = issued.map((invoice) => invoice.number);
    const receipts = issued.map((invoice) => invoice.payments[0].receipt_number);
    for (const series of [numbers, receipts])
      series.forEach((number, at) => {
        const [, its, count] = /^(.*?)(\d+)$/.exec(number);
        if (!its.includes(prefix) || Number(count) !== at + 1) throw new Error(`${series.join(", ")} in series ${prefix}`);
      });
    scene.issuedB = issued;
    return [...numbers, ...receipts].join(", ");
  });
  await scene.step("its papers are printed from the same bytes alone", async () => {
    const [invoice] = scene.issuedB;
    const words = await paper(scene, b, { kind: "invoice", id: invoice.id }, "invoice-second-desk");
    says(words, [scene.walkedIn.name, "1.800,00", invoice.number]);
    const draft = await b.call("billing.draft", { patient_id: scene.walkedIn.id });
    const [, service] = scene.services;
    const lines = [{ service_id: service.id, description: service.name, quantity: "1", unit: service.price.amount }];
    await b.call("billing.amend_draft", { invoice_id: draft.id, lines });
    scene.unpaid = await b.call("billing.issue", { invoice_id: draft.id, due_on: today });
    await paper(scene, b, { kind: "invoice", id: scene.unpaid.id }, "invoice-unpaid");
    const payload = scan(scene, "invoice-unpaid");
    if (!brCodeHolds(payload)) throw new Error(`not a BR Code: ${payload}`);
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
      const { open } = await window.call("system.inbox");
      const accounts = await window.call("billing.account", { patient_id: scene.walkedIn.id }).catch(() => undefined);
      return open.length > 0 && accounts?.invoices.length === scene.issuedB.length + 1;
    };
    await until("both desks to hold the other's day", async () => {
      for (const window of [a, b]) await agreed(window);
      return (await seesAll(a)) && (await seesAll(b));
    }, 60_000);
    return `${waited.join(" and ")} entries had waited`;
  });
  await scene.step("exactly one card, the same on both desks", async () => {
    const cards = [];
    for (const [window, name] of [[a, "21-inbox.png"], [b, "22-inbox-second-desk.png"]]) {
      const { open, resolved } = await window.call("system.inbox");
      if (open.length !== 1 || resolved.length) throw new Error(`${open.length} open, ${resolved.length} resolved`);
      cards.push(open[0]);
      await window.go("#/inbox");
      await window.sees(WALKED_IN.given);
      await window.shot(join(scene.tour, name));
    }
    if (cards[0].id !== cards[1].id || cards[0].kind !== "double_booking") throw new Error(JSON.stringify(cards));
    const { first, second } = cards[0].title_data;
    return `${first.patient} (${first.desk}) and ${second.patient} (${second.desk})`;
  });
  await scene.step("nothing is lost: both bookings and all invoices are on both desks", async () => {
    for (const window of [a, b]) {
      const { cards } = await window.call("agenda.day", { date: scene.session.today });
      for (const booked of scene.bookings)
        if (!cards.some((card) => card.appointment_id === booked.appointment_id)) throw new Error(`${booked.start} is gone`);
      for (const issued of [scene.invoice, ...scene.issuedB, scene.unpaid]) {
        const held = await window.call("billing.open", { invoice_id: issued.id });
        if (held.number !== issued.number || held.paid.amount !== issued.paid.amount)
          throw new Error(`${issued.number}: ${JSON.stringify(held)}`);
      }
      const [patient] = await window.call("people.search", { text: "gulsen agaoglu" });
      if (patient?.id !== scene.walkedIn.id) throw new Error("the second desk's patient is not found");
    }
    return `${scene.bookings.length} bookings, ${scene.issuedB.length + 2} invoices`;
  });
}
