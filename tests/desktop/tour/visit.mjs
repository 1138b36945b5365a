// A visit: booked in the agenda, consented with a real signature, noted and signed.
import { join } from "node:path";
import { until } from "../window.mjs";
import { begin, card, known, quarter, settle, unknown } from "./agenda.mjs";
import { drawn, look, printed, sameBytes, saved, says, sizeOf } from "./papers.mjs";
import { turnTo } from "./patient.mjs";
import { CONCEICAO } from "./registration.mjs";
import { CLEANING, HELENA, RUI, TOXIN } from "./setting-up.mjs";
import { readToTheEnd, sign } from "./signing.mjs";

export const TIAGO = "Tiago Arantes";

export async function visit(scene) {
  const window = scene.a;
  const { today } = scene.session;
  const cards = async () => (await window.call("agenda.day", { date: today })).cards;

  await scene.step("a visit is booked with a click on the free time of a column", async () => {
    await window.press("Alt", "1");
    const panel = await begin(window, HELENA, "10:00");
    await known(window, "conc", CONCEICAO);
    await settle(window, panel, { who: CONCEICAO, time: "10:00", service: TOXIN });
    await window.shot(join(scene.tour, "07-agenda.png"));
    [scene.visit] = await cards();
    if (scene.visit.start !== `${today}T10:00` || scene.visit.patient.id !== scene.patient.id)
      throw new Error(JSON.stringify(scene.visit));
    return `${scene.visit.start}, ${scene.visit.status}`;
  });
  await scene.step("somebody new at the same hour is refused, with the name of who is there; nothing typed is lost", async () => {
    const panel = await begin(window, HELENA, "11:00");
    await unknown(window, TIAGO, "(11) 96666-5544");
    await window.find("button", "Trocar", { within: panel });
    await window.choose("Serviço", CLEANING, { within: panel });
    await window.fill("Horário", "10:15", { within: panel });
    await window.press("Ctrl", "Enter");
    await window.sees(`${HELENA} já tem ${CONCEICAO} das 10:00 às 10:45.`);
    await window.shot(join(scene.tour, "07-refused.png"));
    if ((await cards()).length !== 1) throw new Error("two at the same hour");
    await window.press("Escape");
    await window.gone("form", "Novo agendamento");
    [scene.tiago] = await window.call("people.search", { text: TIAGO });
  });
  await scene.step("the palette finds him, and F2 books him the first free time of somebody else", async () => {
    await window.press("Ctrl", "k");
    await window.focused("combobox", "Buscar e agir");
    await window.type("tiago");
    await window.find("option", TIAGO);
    await window.shot(join(scene.tour, "07-palette.png"));
    await window.press("F2");
    const panel = await window.find("form", "Novo agendamento");
    await window.choose("Serviço", CLEANING, { within: panel });
    await window.choose("Profissional", RUI, { within: panel });
    await window.click("radio", "", { within: panel });
    await window.press("Enter");
    await window.sees(`${TIAGO}: `);
    const { header } = await window.call("people.open", { id: scene.tiago.id });
    if (!header.next_visit) throw new Error("he has no visit");
    return header.next_visit;
  });
  await scene.step("a card is dragged to another hour, and taken back", async () => {
    await window.press("Alt", "1");
    await window.press("t");
    await card(window, CONCEICAO, "10:00");
    const [from, to] = [await quarter(window, HELENA, "10:00"), await quarter(window, HELENA, "10:30")];
    await window.drag([from, { ...from, y: from.y + 12 }, { ...from, y: from.y + (to.y - from.y) / 2 }, to]);
    await card(window, CONCEICAO, "10:30");
    await window.press("Ctrl", "z");
    await card(window, CONCEICAO, "10:00");
    await until("the visit back at its hour", async () => (await cards()).some(({ start }) => start === scene.visit.start));
  });
  await scene.step("the week shows it too", async () => {
    await window.press("w");
    await card(window, CONCEICAO, "10:00");
    await window.shot(join(scene.tour, "08-week.png"));
  });
  await scene.step("an allergy is asked for from the card, and stands in the header of every screen of that person", async () => {
    await window.press("Alt", "1");
    await window.drag([await quarter(window, HELENA, "10:00")]);
    await window.click("button", "Perguntar alergias", { within: await window.find("complementary", "Agendamento") });
    await window.fill("Substância", "Dipirona");
    await window.fill("Reação", "urticária");
    await window.choose("Gravidade", "grave");
    await window.click("button", "Incluir alergia");
    await window.sees("Alergia: Dipirona (urticária)");
    await turnTo(window, "Resumo");
    await window.sees("Alergia: Dipirona (urticária)");
    await window.shot(join(scene.tour, "09-patient.png"));
  });
}

export async function consent(scene) {
  const window = scene.a;
  await scene.step("the consent that the service asks for is prepared from the visit's card, and read to its end", async () => {
    await window.press("Alt", "1");
    await window.drag([await quarter(window, HELENA, "10:00")]);
    await window.click("button", "Termo para assinar", { within: await window.find("complementary", "Agendamento") });
    await window.focused("textbox", "Região da aplicação");
    await window.shot(join(scene.tour, "10-consent-fields.png"));
    await window.type("Terço superior da face");
    await window.press("Enter");
    await window.sees("Quem assina");
    await window.shot(join(scene.tour, "10-consent.png"));
    await readToTheEnd(window, "Termo de consentimento");
    [scene.consent] = await window.call("documents.list", { patient_id: scene.patient.id });
    return scene.consent.title;
  });
  await scene.step("nothing comes ticked, and neither an unticked consent nor an empty signature is taken", async () => {
    await window.click("button", "Aceitar e selar");
    await window.sees("Falta marcar: Tratamento.");
    await window.click("checkbox", "Tratamento");
    await window.click("button", "Aceitar e selar");
    await window.sees("Falta a assinatura.");
    await window.shot(join(scene.tour, "10b-signature-refused.png"));
    const { row, signatures } = await window.call("documents.open", { document_id: scene.consent.id });
    if (row.state !== "draft" || signatures.length) throw new Error(`the document is ${row.state}`);
  });
  await scene.step("the patient signs by hand, and it is sealed", async () => {
    await sign(window);
    await window.shot(join(scene.tour, "11-consent-signed.png"));
    await window.press("Ctrl", "Enter");
    await window.find("heading", "Documento selado");
    await drawn(window);
    await window.shot(join(scene.tour, "12-consent-sealed.png"));
    const { row } = await window.call("documents.open", { document_id: scene.consent.id });
    if (row.state !== "sealed") throw new Error(`the document is ${row.state}`);
    return row.short_code;
  });
}

/** The consent as a paper: saved and printed, read by another program, the same bytes each time. */
export async function consentPaper(scene) {
  await scene.step("the sealed consent is saved and printed: the same bytes, read by another program", async () => {
    const [file, sheet] = [await saved(scene.a), await printed(scene, scene.a)];
    says(look(scene, file, "consent"), [CONCEICAO, "Terço superior da face"]);
    says(look(scene, sheet, "consent-printed"), [CONCEICAO]);
    const { pdf_base64: shown } = await scene.a.call("system.paper", { paper: { kind: "document", id: scene.consent.id } });
    for (const name of ["consent", "consent-printed"]) sameBytes(scene, name, shown);
    return `${sizeOf(scene, "consent")} bytes`;
  });
}

export async function note(scene) {
  const window = scene.a;
  const written = "Toxina botulínica, 40 U, terço superior da face.";

  await scene.step("the note is kept while it is written: who looks elsewhere finds it as it was left", async () => {
    await window.click("button", CONCEICAO);
    await window.find("heading", CONCEICAO);
    await turnTo(window, "Prontuário");
    await window.click("textbox", "Texto da nota");
    await window.type(written);
    await window.sees("Rascunho guardado");
    await turnTo(window, "Documentos");
    await window.find("row", "Termo de consentimento");
    await turnTo(window, "Prontuário");
    await until("the draft", async () => {
      const field = await window.find("textbox", "Texto da nota");
      return (await window.run("return arguments[0].value", field)) === written;
    });
  });
  await scene.step("it is saved, taken up again, signed, and then no longer edited", async () => {
    await window.click("textbox", "Texto da nota");
    await window.press("Ctrl", "s");
    await window.sees("Nota guardada no prontuário");
    const saved = await window.find("article", "Evolução");
    await window.click("button", "Editar", { within: saved });
    await window.focused("textbox", "Texto da nota");
    await window.press("Ctrl", "End");
    await window.type(" Sem intercorrências.");
    await window.press("Ctrl", "Enter");
    await window.sees("Nota assinada");
    const signed = await window.find("article", "Evolução");
    await window.find("button", "Retificar", { within: signed });
    await window.shot(join(scene.tour, "13-chart.png"));
    const said = await window.run("return arguments[0].innerText", signed);
    if (/Editar/.test(said) || !said.includes(`${written} Sem intercorrências.`)) throw new Error(said);
    // The screen has no way to edit a signed note; that the core has none either is asked of it.
    const { notes } = await window.call("chart.open", { patient_id: scene.patient.id });
    const refused = await window
      .call("chart.edit_note", { note_id: notes[0].id })
      .then(() => undefined, (complaint) => complaint.reply.refused?.reason);
    if (!refused) throw new Error("a signed note was opened for editing");
    return refused.code;
  });
}
