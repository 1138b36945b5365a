/* eslint-disable @typescript-eslint/no-explicit-any -- a fixture for developing screens; the core owns the true shapes */
import { nowInstant } from "./data";
import { cards, documents, drafts, header, id, notes, people, person, prepared, refuse, template } from "./records";

/** The chart and the documents of the fixture. */
export const chart: Record<string, (input: any) => unknown> = {
  "chart.open": (i) => {
    const p = person(i.patient_id);
    return {
      patient: header(p),
      allergies: p.allergies,
      allergies_asked: p.asked,
      notes: notes.filter((n) => n.patient === p.id),
      drafts: drafts.filter((d) => d.patient_id === p.id),
    };
  },
  "chart.add_allergy": (i) => {
    person(i.patient_id).allergies.push({
      id: id("al"),
      substance: i.substance,
      reaction: i.reaction ?? null,
      severity: i.severity,
      recorded_at: nowInstant,
      by: "Lívia Moraes",
    });
    return { id: "x" };
  },
  "chart.strike_allergy": (i) => {
    for (const p of people) p.allergies = p.allergies.filter((one: any) => one.id !== i.id);
    return null;
  },
  "chart.no_known_allergies": (i) => ((person(i.patient_id).asked = true), null),
  "chart.draft_note": (i) => {
    let d = drafts.find((one) => one.id === i.draft_id);
    if (!d) drafts.push((d = { id: id("dr"), encounter_id: null, amends: null }));
    return Object.assign(d, i, { id: d.id, amends: i.amends ?? null, saved_at: nowInstant });
  },
  "chart.discard_draft": (i) => (
    drafts.splice(
      drafts.findIndex((one) => one.id === i.draft_id),
      1,
    ),
    null
  ),
  "chart.save_note": (i) => {
    const at_ = drafts.findIndex((one) => one.id === i.draft_id);
    const d = drafts[at_];
    if (!d?.body.trim()) refuse("empty");
    drafts.splice(at_, 1);
    const n = {
      id: id("n"),
      title: d.title,
      kind: d.kind,
      body: d.body,
      state: "saved",
      author: "Lívia Moraes",
      author_council: null,
      written_at: nowInstant,
      signed_at: null,
      signed_by: null,
      amends: d.amends,
      amended_by: null,
      encounter_id: null,
      patient: d.patient_id,
    };
    notes.unshift(n);
    const old = notes.find((one) => one.id === d.amends);
    if (old) Object.assign(old, { state: "amended", amended_by: n.id });
    return n;
  },
  "chart.sign_note": (i) =>
    Object.assign(
      notes.find((one) => one.id === i.note_id),
      { state: "signed", signed_at: nowInstant, signed_by: "Lívia Moraes" },
    ),
  "chart.edit_note": (i) => {
    const at_ = notes.findIndex((one) => one.id === i.note_id);
    const n = notes[at_];
    notes.splice(at_, 1);
    const d = {
      id: id("dr"),
      patient_id: n.patient,
      encounter_id: null,
      amends: n.amends,
      title: n.title,
      kind: n.kind,
      body: n.body,
      saved_at: nowInstant,
    };
    drafts.push(d);
    return d;
  },
  "documents.templates": () => [template],
  "documents.list": (i) => documents.filter((one) => one.patient === i.patient_id),
  "documents.prepare": (i) => {
    const d = {
      id: id("d"),
      patient: i.patient_id,
      title: template.title,
      kind: "consent",
      state: "draft",
      created_at: nowInstant,
      sealed_at: null,
      short_code: null,
      purposes: [],
      signatures: [],
    };
    documents.unshift(d);
    return prepared(d);
  },
  "documents.open": (i) => {
    const d = documents.find((one) => one.id === i.document_id) ?? refuse("not_found");
    return { ...prepared(d), row: d };
  },
  "documents.sign": (i) => {
    const d = documents.find((one) => one.id === i.document_id);
    if (!i.strokes.length) refuse("signature_empty");
    d.signatures.push({ role: i.role, name: i.name, at: nowInstant });
    if (i.purposes)
      d.purposes = i.purposes.map((p: any) => ({
        ...p,
        label: template.purposes.find((one: any) => one.key === p.key).label,
      }));
    d.state = "signed";
    return prepared(d);
  },
  "documents.seal": (i) => {
    const d = documents.find((one) => one.id === i.document_id);
    Object.assign(d, { state: "sealed", sealed_at: nowInstant, short_code: "7F3A 91C2 04DE 5B60" });
    for (const c of cards) if (c.patient.id === d.patient) c.flags.consent_missing = false;
    return { ...d, seal: { short_code: d.short_code, sha256: "", certificate: "" } };
  },
  "documents.refuse": (i) =>
    Object.assign(
      documents.find((one) => one.id === i.document_id),
      { state: "refused" },
    ),
};
