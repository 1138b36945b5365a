/* eslint-disable @typescript-eslint/no-explicit-any -- a fixture for developing screens; the core owns the true shapes */
import { account } from "./billing";
import { brl, clinic, day, names, nowInstant, practitioners, services, today } from "./data";

export const refuse = (code: string, data: object = {}) => {
  throw Object.assign(new Error(code), { reason: { code, ...data } });
};
export const at = (time: string, date = today) => `${date}T${time}`;
export const plus = (wall: string, minutes: number) => {
  const total = Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16)) + minutes;
  return `${wall.slice(0, 11)}${String(Math.floor(total / 60)).padStart(2, "0")}:${String(total % 60).padStart(2, "0")}`;
};
export const instant = (wall: string) => new Date(`${wall}:00-03:00`).toISOString();
export const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
let serial = 0;
export const id = (kind: string) => `${kind}-${(serial += 1)}`;

export const people: any[] = names.map((name, n) => {
  const [given, ...family] = name.split(" ");
  return {
    id: `p${n}`,
    code: `P-${String(1000 + n)}`,
    name,
    legal_name: name,
    given,
    family: family.join(" "),
    birth_date: `${1960 + ((n * 7 + 28) % 45)}-0${1 + (n % 9)}-1${n % 9}`,
    age: 66 - ((n * 7 + 28) % 45),
    sex: n % 5 === 2 ? "male" : "female",
    document: { type: "cpf", formatted: `${123 + n}.456.789-0${n % 10}` },
    phone: `(11) 95555-0${142 + n}`,
    email: `${fold(given ?? "")}@exemplo.com`,
    balance: brl(n === 0 ? 19000 : 0),
    allergies:
      n === 0
        ? [
            {
              id: "a1",
              substance: "lidocaína",
              reaction: "urticária",
              severity: "moderate",
              recorded_at: nowInstant,
              by: "Camila Rocha",
            },
          ]
        : [],
    asked: n % 3 === 0,
  };
});
export const resources: any[] = [
  ...practitioners.map(([key, name, , , hours]) => ({
    id: key,
    type: "practitioner",
    name,
    practitioner_id: `pr-${key}`,
    capacity: 1,
    color: null,
    active: true,
    hours: [1, 2, 3, 4, 5].flatMap((weekday) => hours.map(([start, end]) => ({ day: weekday, start, end }))),
  })),
  ...["Sala 1", "Sala 2", "Sala 3", "Sala 4"].map((name, n) => ({
    id: `room${n + 1}`,
    type: "room",
    name,
    practitioner_id: null,
    capacity: 1,
    color: null,
    active: true,
    hours: [],
  })),
];
export const catalogue: any[] = services.map(([key, name, category, price, minutes]) => ({
  id: key,
  name,
  category,
  description: null,
  price: brl(price),
  duration_min: minutes,
  buffer_before_min: 0,
  buffer_after_min: 0,
  color: null,
  consent_template_id: "t1",
  active: true,
}));
export const staff: any[] = practitioners.map(([key, name, type, sub]) => ({
  id: `pr-${key}`,
  name,
  given: name.split(" ").slice(-2)[0],
  family: name.split(" ").slice(-1)[0],
  title: name.startsWith("Dra") ? "Dra." : null,
  type,
  council: sub.includes("·") ? { body: sub.split(" ")[2], number: "123456", state: "SP" } : null,
  resource_id: key,
  color: "petrol",
  active: true,
  user_id: null,
}));

export const cards: any[] = day.map(([person, practitioner, service, start, minutes, status, money, flags], n) => {
  const patient = people[person];
  const begun = ["checked_in", "in_progress", "completed"].includes(status);
  return {
    appointment_id: `ap${n}`,
    encounter_id: begun ? `en${n}` : null,
    patient: {
      id: patient.id,
      name: patient.name,
      age: patient.age,
      phone: patient.phone,
      allergies: patient.allergies.map((one: any) => one.substance),
    },
    service: { id: service, name: services.find(([key]) => key === service)?.[1] },
    resource_id: practitioner,
    practitioner: practitioners.find(([key]) => key === practitioner)?.[1],
    room: begun ? { id: "room1", name: "Sala 1" } : null,
    start: at(start),
    end: plus(at(start), minutes),
    start_at: instant(at(start)),
    status,
    money,
    claim: flags.includes("contested") ? "contested" : "granted",
    synced: !flags.includes("unsynced"),
    waiting_since: status === "checked_in" ? instant(at(n === 3 ? "10:36" : "10:28")) : null,
    started_at: status === "in_progress" ? instant(at(n === 2 ? "09:50" : "10:18")) : null,
    late_min: flags.includes("late") ? 12 : null,
    flags: {
      new_patient: flags.includes("new"),
      consent_missing: flags.includes("consent"),
      balance: flags.includes("balance"),
      alert: flags.includes("alert"),
    },
    notes: n === 3 ? "Prefere a maca inclinada. Quer ver as fotos da sessão 3 antes de começar." : null,
    price: catalogue.find((one) => one.id === service)?.price ?? null,
    walk_in: false,
  };
});
export const drafts: any[] = [];
export const notes: any[] = [
  {
    id: "n1",
    title: "Evolução",
    kind: "progress_note",
    body: "Boa resposta em contorno mandibular. Manter intervalo de 35 dias. Sem anestésico tópico com lidocaína: usar resfriamento.",
    state: "signed",
    author: "Camila Rocha",
    author_council: "CRM-SP 123456",
    written_at: "2026-10-21T13:00:00Z",
    signed_at: "2026-10-21T13:05:00Z",
    signed_by: "Camila Rocha",
    amends: null,
    amended_by: null,
    encounter_id: null,
    patient: "p0",
  },
];
export const documents: any[] = [
  {
    id: "d1",
    patient: "p0",
    title: "Uso de imagem",
    kind: "consent",
    state: "sealed",
    created_at: "2026-10-21T13:00:00Z",
    sealed_at: "2026-10-21T13:12:00Z",
    short_code: "7F3A 91C2 04DE 5B60",
    purposes: [
      { key: "treatment", label: "Tratamento", granted: true },
      { key: "teaching", label: "Fotos para ensino", granted: false },
    ],
    signatures: [{ role: "patient", name: "Mariana Silva Costa", at: "2026-10-21T13:12:00Z" }],
  },
];
export const template: any = {
  id: "t1",
  kind: "consent",
  title: "Termo de consentimento: procedimento estético",
  locale: "pt-BR",
  version: 4,
  fields: [],
  needs_witness: true,
  service_ids: [],
  body: [
    {
      kind: "paragraph",
      text: "Eu, {{patient.name}}, autorizo a aplicação descrita abaixo pela equipe da Clínica Alameda.",
    },
    { kind: "heading", text: "1. O que será feito" },
    {
      kind: "paragraph",
      text: "Aplicação com cânula em dois pontos por lado, sob resfriamento local. Por causa da alergia informada, não será usada lidocaína.",
    },
    { kind: "heading", text: "2. O que pode acontecer" },
    {
      kind: "paragraph",
      text: "Inchaço, vermelhidão e pequenos hematomas por até sete dias. Menos comum: nódulos palpáveis, assimetria, infecção.",
    },
    { kind: "heading", text: "3. Posso mudar de ideia" },
    { kind: "paragraph", text: "Posso retirar esta autorização a qualquer momento, sem prejuízo do meu atendimento." },
  ],
  purposes: [
    { key: "treatment", label: "Tratamento", detail: "Sessões deste plano", required: true },
    { key: "chart_photos", label: "Fotos no prontuário", detail: "Só a equipe que atende", required: false },
    { key: "teaching", label: "Fotos para ensino", detail: "Sem o rosto identificável", required: false },
    { key: "publicity", label: "Fotos para divulgação", detail: "Redes e site, por 12 meses", required: false },
  ],
};
export const users: any[] = [
  { id: "u1", name: "Lívia Moraes", role: "owner", active: true, practitioner_id: null },
  { id: "u2", name: "Camila Rocha", role: "practitioner", active: true, practitioner_id: "pr-camila" },
];
export const session = () => ({
  user: { id: "u1", name: "Lívia Moraes", role: "owner" },
  permissions: [],
  organization: { id: "o", name: clinic.name, demo: false },
  clinic,
  desk: { id: "k", name: "Recepção 1", prefix: "A" },
  today,
  now: nowInstant,
});

export const header = (p: any) => ({
  id: p.id,
  code: p.code,
  name: p.name,
  legal_name: p.legal_name,
  birth_date: p.birth_date,
  age: p.age,
  sex: p.sex,
  document: p.document,
  phone: p.phone,
  email: p.email,
  balance: account(p.id),
  next_visit: cards.find((c) => c.patient.id === p.id)?.start ?? null,
  last_visit: "2026-10-21",
  allergies: p.allergies,
  allergies_asked: p.asked || p.allergies.length > 0,
  photo: null,
});
export const hit = (p: any) => ({
  id: p.id,
  code: p.code,
  name: p.name,
  birth_date: p.birth_date,
  age: p.age,
  phone: p.phone,
  document: p.document?.formatted ?? null,
  allergies: p.allergies.map((one: any) => one.substance),
  next_visit: header(p).next_visit,
  last_visit: "2026-08-12",
  balance: account(p.id),
});
export const person = (key: string) => people.find((one) => one.id === key) ?? refuse("not_found");
export const card = (key: string) =>
  cards.find((one) => one.appointment_id === key || one.encounter_id === key) ?? refuse("not_found");
export const free = (resource: string, start: string, end: string, but = "") => {
  const busy = cards.filter(
    (one) =>
      one.resource_id === resource &&
      one.appointment_id !== but &&
      !["cancelled", "no_show"].includes(one.status) &&
      one.start < end &&
      start < one.end,
  );
  if (busy.length)
    refuse("overlaps", {
      resource: busy[0].practitioner,
      with: busy.map((one) => ({
        appointment_id: one.appointment_id,
        patient: one.patient.name,
        start: one.start,
        end: one.end,
      })),
    });
};
export const board = (c: any) => ({
  ...c,
  arrived_at: c.waiting_since,
  minutes: null,
  to_charge: c.money === "to_bill" ? c.price : null,
  pending_documents: c.flags.consent_missing ? 1 : 0,
});
export const days = (from: string, n: number) =>
  Array.from({ length: n }, (_, k) =>
    new Date(Date.parse(`${from}T12:00:00Z`) + k * 86_400_000).toISOString().slice(0, 10),
  );
export const weekday = (date: string) => new Date(`${date}T12:00:00Z`).getUTCDay();
export const hoursOf = (resource: string, date: string) =>
  resources.find((one) => one.id === resource).hours.filter((span: any) => span.day === weekday(date));
export const prepared = (d: any) => ({
  id: d.id,
  title: d.title,
  locale: "pt-BR",
  template_version: 4,
  blocks: template.body.map((b: any) => ({ ...b, text: b.text.replace("{{patient.name}}", person(d.patient).name) })),
  purposes: template.purposes,
  needs_witness: true,
  state: d.state,
  signatures: d.signatures,
});
