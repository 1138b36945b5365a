// A visit: booked, consented with a real signature, noted and signed.
import { join } from "node:path";
import { paper, says, sizeOf } from "./papers.mjs";

/** A signature as a hand draws it: loops with a slant, then a flourish. Points are fractions of the pad. */
export function flourish(seed = 1) {
  const loops = Array.from({ length: 40 }, (_, at) => {
    const turn = at / 4;
    return [0.18 + at * 0.014 + 0.03 * Math.cos(turn * seed), 0.5 + 0.22 * Math.sin(turn * 1.7) - at * 0.002];
  });
  const stroke = Array.from({ length: 12 }, (_, at) => [0.2 + at * 0.05, 0.78 - 0.02 * Math.sin(at)]);
  return [loops, stroke];
}

export async function visit(scene) {
  const window = scene.a;
  const { today } = scene.session;
  const [helena] = scene.practitioners;
  const [toxin, cleaning] = scene.services;

  await scene.step("a visit is booked and stands in its practitioner's column", async () => {
    scene.visit = await window.call("agenda.book", {
      patient_id: scene.patient.id,
      service_id: toxin.id,
      resource_id: helena.resource_id,
      room_id: scene.room.id,
      start: `${today}T10:00`,
      outside_hours: true,
    });
    await window.go(`#/agenda/${today}`);
    await window.sees("Conceição");
    await window.shot(join(scene.tour, "07-agenda.png"));
    return `${scene.visit.start}, ${scene.visit.status}`;
  });
  await scene.step("a second patient at the same hour is refused, and says with whom", async () => {
    const other = await window.call("people.register", { given: "Tiago", family: "Arantes" });
    const refused = await window
      .call("agenda.book", {
        patient_id: other.id,
        service_id: cleaning.id,
        resource_id: helena.resource_id,
        start: `${today}T10:15`,
        outside_hours: true,
      })
      .then(() => undefined, (complaint) => complaint.reply.refused?.reason);
    if (refused?.code !== "overlaps") throw new Error(JSON.stringify(refused));
    return refused.with.map((taken) => `${taken.patient} ${taken.start}`).join(", ");
  });
  await scene.step("the week shows it too", async () => {
    await window.go(`#/week/${today}`);
    await window.sees("Conceição");
    await window.shot(join(scene.tour, "08-week.png"));
  });
  await scene.step("an allergy is recorded and stands in the header of every screen of that person", async () => {
    await window.call("chart.add_allergy", { patient_id: scene.patient.id, substance: "Dipirona", severity: "severe" });
    await window.go(`#/patients/${scene.patient.id}`);
    await window.sees("Dipirona");
    await window.shot(join(scene.tour, "09-patient.png"));
  });
}

export async function consent(scene) {
  const window = scene.a;
  await scene.step("the consent is prepared for this visit and read on the screen", async () => {
    const templates = await window.call("documents.templates");
    const fits = templates.filter((one) => one.locale === "pt-BR");
    const template = fits.find((one) => /toxina|tratamento|procedimento/i.test(one.title)) ?? fits[0] ?? templates[0];
    const values = Object.fromEntries(template.fields.map((field) => [field.key, "Terço superior da face"]));
    scene.consent = await window.call("documents.prepare", {
      patient_id: scene.patient.id,
      template_id: template.id,
      appointment_id: scene.visit.appointment_id,
      values,
    });
    await window.go(`#/patients/${scene.patient.id}/document/${scene.consent.id}`);
    await window.sees("Quem assina");
    await window.shot(join(scene.tour, "10-consent.png"));
    return `${template.title}, ${scene.consent.blocks.length} blocks`;
  });
  await scene.step("an empty signature is refused", async () => {
    const needed = scene.consent.purposes.filter((purpose) => purpose.required);
    for (const purpose of needed) await window.click("checkbox", purpose.label);
    await window.click("button", "Aceitar e selar");
    await window.sees("Falta a assinatura.");
    const { state, signatures } = await window.call("documents.open", { document_id: scene.consent.id });
    if (state !== "draft" || signatures.length) throw new Error(`the document is ${state}`);
    await window.shot(join(scene.tour, "10b-signature-refused.png"));
  });
  await scene.step("the patient signs by hand, and it is sealed", async () => {
    await window.draw(await window.find("img", "Assinatura"), flourish());
    if (scene.consent.needs_witness) {
      await window.fill("Nome da testemunha", "Ana Prado");
      const pads = await window.run("return [...document.querySelectorAll('svg[role=img]')]");
      await window.draw(pads.at(-1), flourish(2));
    }
    await window.shot(join(scene.tour, "11-consent-signed.png"));
    await window.click("button", "Aceitar e selar");
    await window.sees("Documento selado");
    await window.shot(join(scene.tour, "12-consent-sealed.png"));
    const { row } = await window.call("documents.open", { document_id: scene.consent.id });
    if (row.state !== "sealed") throw new Error(`the document is ${row.state}`);
    return row.short_code;
  });
}

/** The consent as a paper: read by another program, and with its detached seal beside it. */
export async function consentPaper(scene) {
  await scene.step("the sealed consent opens elsewhere and is the same bytes each time", async () => {
    const ref = { kind: "document", id: scene.consent.id };
    says(await paper(scene, scene.a, ref, "consent"), ["Conceição Ñandú Müller"]);
    const [once, again] = [await scene.a.call("system.paper", { paper: ref }), await scene.a.call("system.paper", { paper: ref })];
    if (once.pdf_base64 !== again.pdf_base64) throw new Error("a sealed paper was drawn again");
    return `${sizeOf(scene, "consent")} bytes`;
  });
}

export async function note(scene) {
  const window = scene.a;
  await scene.step("the visit is noted, the note signed, and a signed note is not edited", async () => {
    const draft = await window.call("chart.draft_note", {
      patient_id: scene.patient.id,
      title: "Evolução",
      kind: "progress_note",
      body: "Toxina botulínica, 40 U, terço superior da face. Sem intercorrências.",
    });
    const saved = await window.call("chart.save_note", { draft_id: draft.id });
    const signed = await window.call("chart.sign_note", { note_id: saved.id });
    if (signed.state !== "signed") throw new Error(`the note is ${signed.state}`);
    const refused = await window
      .call("chart.edit_note", { note_id: saved.id })
      .then(() => undefined, (complaint) => complaint.reply.refused?.reason);
    if (!refused) throw new Error("a signed note was opened for editing");
    await window.go(`#/patients/${scene.patient.id}/chart`);
    await window.sees("Sem intercorrências");
    await window.shot(join(scene.tour, "13-chart.png"));
    return refused.code;
  });
}
