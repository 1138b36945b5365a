// A patient is registered, billed and pays by PIX.
import { join } from "node:path";
import { brCodeHolds, paper, says, scan, sizeOf } from "./papers.mjs";

export async function registration(scene) {
  const window = scene.a;
  await scene.step("a patient is registered and found by part of the name, without accents", async () => {
    scene.patient = await window.call("people.register", {
      given: "Conceição",
      family: "Ñandú Müller",
      birth_date: "1987-03-14",
      sex: "female",
      phone: "(11) 97777-6655",
      identifier: { type: "cpf", value: "529.982.247-25", country: "BR" },
    });
    for (const text of ["nandu conc", "52998224725", "776655"]) {
      const hits = await window.call("people.search", { text });
      if (hits[0]?.id !== scene.patient.id) throw new Error(`"${text}" finds ${JSON.stringify(hits)}`);
    }
    return scene.patient.code;
  });
  await scene.step("the same CPF is refused, and says whose it is", async () => {
    const complaint = await window
      .call("people.register", { given: "Outra", identifier: { type: "cpf", value: "52998224725", country: "BR" } })
      .then(() => undefined, (refused) => refused.reply);
    const reason = complaint?.refused?.reason;
    if (reason?.code !== "already_registered" || reason.patient_id !== scene.patient.id)
      throw new Error(JSON.stringify(complaint));
    return reason.name;
  });
}

export async function money(scene) {
  const window = scene.a;
  const { today } = scene.session;

  await scene.step("an invoice is drafted, issued with its number and paid by PIX", async () => {
    const draft = await window.call("billing.draft", { appointment_id: scene.visit.appointment_id });
    await window.call("billing.amend_draft", {
      invoice_id: draft.id,
      lines: scene.services.map((service) => ({
        service_id: service.id,
        description: service.name,
        quantity: "1",
        unit: service.price.amount,
      })),
    });
    scene.invoice = await window.call("billing.issue", {
      invoice_id: draft.id,
      due_on: today,
      payment: { amount: "1000.00", method: "pix" },
      instalments: { count: 3, first_on: today },
    });
    const parts = scene.invoice.instalments.reduce((sum, part) => sum + Number(part.amount.amount.replace(".", "")), 0);
    if (parts !== 102_000) throw new Error(`the instalments sum to ${parts} cents`);
    return `${scene.invoice.number}, ${scene.invoice.total.amount}, open ${scene.invoice.open.amount}`;
  });
  await scene.step("the invoice opens elsewhere and its PIX code decodes", async () => {
    says(await paper(scene, window, { kind: "invoice", id: scene.invoice.id }, "invoice"), [
      "Conceição Ñandú Müller",
      "Toxina botulínica",
      "2.020,00",
      scene.invoice.number,
    ]);
    const payload = scan(scene, "invoice");
    if (!brCodeHolds(payload)) throw new Error(`not a BR Code: ${payload}`);
    const { payload: shown } = await window.call("billing.pix", { invoice_id: scene.invoice.id });
    if (shown !== payload) throw new Error(`paper and screen differ:\n${payload}\n${shown}`);
    if (sizeOf(scene, "invoice") > 60 * 1024) throw new Error(`${sizeOf(scene, "invoice")} bytes`);
    return `${sizeOf(scene, "invoice")} bytes`;
  });
  await scene.step("so does the receipt", async () => {
    const [payment] = scene.invoice.payments;
    says(await paper(scene, window, { kind: "receipt", id: payment.id }, "receipt"), ["1.000,00", payment.receipt_number]);
    return payment.receipt_number;
  });
  await scene.step("the patient's page", async () => {
    await window.go(`#/patients/${scene.patient.id}`);
    await window.shot(join(scene.tour, "14-patient-after.png"));
  });
}
