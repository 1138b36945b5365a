/* eslint-disable @typescript-eslint/no-explicit-any -- a fixture for developing screens; the core owns the true shapes */
import type { Host, Touched } from "../src/lib/desk/host";
import { account, billing } from "./billing";
import { brl, clinic, day, names, nowInstant, practitioners, services, today } from "./data";
import { pdf } from "./pdf";

const refuse = (code: string, data: object = {}) => {
  throw Object.assign(new Error(code), { reason: { code, ...data } });
};
const at = (time: string, date = today) => `${date}T${time}`;
const plus = (wall: string, minutes: number) => {
  const total = Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16)) + minutes;
  return `${wall.slice(0, 11)}${String(Math.floor(total / 60)).padStart(2, "0")}:${String(total % 60).padStart(2, "0")}`;
};
const instant = (wall: string) => new Date(`${wall}:00-03:00`).toISOString();
const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
let serial = 0;
const id = (kind: string) => `${kind}-${(serial += 1)}`;

const people: any[] = names.map((name, n) => {
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
const resources: any[] = [
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
const catalogue: any[] = services.map(([key, name, category, price, minutes]) => ({
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
const staff: any[] = practitioners.map(([key, name, type, sub]) => ({
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

const cards: any[] = day.map(([person, practitioner, service, start, minutes, status, money, flags], n) => {
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
const drafts: any[] = [];
const notes: any[] = [
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
const documents: any[] = [
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
const template: any = {
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
const users: any[] = [
  { id: "u1", name: "Lívia Moraes", role: "owner", active: true, practitioner_id: null },
  { id: "u2", name: "Camila Rocha", role: "practitioner", active: true, practitioner_id: "pr-camila" },
];
let inboxOpen = true;
let server: string | null = "https://praxis.alameda.example";
const session = () => ({
  user: { id: "u1", name: "Lívia Moraes", role: "owner" },
  permissions: [],
  organization: { id: "o", name: clinic.name, demo: false },
  clinic,
  desk: { id: "k", name: "Recepção 1", prefix: "A" },
  today,
  now: nowInstant,
});

const header = (p: any) => ({
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
const hit = (p: any) => ({
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
const person = (key: string) => people.find((one) => one.id === key) ?? refuse("not_found");
const card = (key: string) =>
  cards.find((one) => one.appointment_id === key || one.encounter_id === key) ?? refuse("not_found");
const free = (resource: string, start: string, end: string, but = "") => {
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
const board = (c: any) => ({
  ...c,
  arrived_at: c.waiting_since,
  minutes: null,
  to_charge: c.money === "to_bill" ? c.price : null,
  pending_documents: c.flags.consent_missing ? 1 : 0,
});
const days = (from: string, n: number) =>
  Array.from({ length: n }, (_, k) =>
    new Date(Date.parse(`${from}T12:00:00Z`) + k * 86_400_000).toISOString().slice(0, 10),
  );
const weekday = (date: string) => new Date(`${date}T12:00:00Z`).getUTCDay();
const hoursOf = (resource: string, date: string) =>
  resources.find((one) => one.id === resource).hours.filter((span: any) => span.day === weekday(date));
const prepared = (d: any) => ({
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

const commands: Record<string, (input: any) => unknown> = {
  "system.status": () => ({
    state: state,
    users: users.map(({ id: key, name }) => ({ id: key, name })),
    organization: clinic.name,
    demo: false,
    version: "0.1.0",
    session: state === "open" ? session() : null,
    problem: problem ? { code: problem, by: problem === "in_use" ? "praxisctl (4711)" : null } : null,
  }),
  "organization.found": (i) => {
    if (i.clinic.tax_id?.endsWith("96")) refuse("tax_id_invalid", { expected_digits: "95" });
    if (i.admin.password.length < 8) refuse("password_too_short", { minimum: 8 });
    return {
      session: session(),
      recovery_code: "abaco lima pente rio solar vento zebra nuvem trigo folha barco pedra".split(" "),
    };
  },
  "system.demo": () => session(),
  "system.join": () => refuse("code_wrong", { tries_left: 4 }),
  "system.sign_in": (i) => (i.password === "segredo123" ? session() : refuse("wrong_password", { wait_seconds: 0 })),
  "system.sign_out": () => ((state = "locked"), null),
  "system.sync_status": () => ({
    state: server ? "waiting" : "no_server",
    server,
    pending: 1,
    acknowledged_at: "2026-11-18T13:32:00Z",
    offline_since: null,
    quarantined: [],
    cards: face === "need" && inboxOpen ? 1 : 0,
  }),
  "system.sync_now": () => commands["system.sync_status"]?.({}),
  "system.adopt": (i) => ((server = i.server), null),
  "system.invite_desk": () => ({ code: "K7QF-2MXD", expires_at: "2026-11-18T14:12:00Z" }),
  "system.inbox": () => {
    const side = (n: number, by: string, where: string, when: string) => ({
      appointment_id: `ap${n}`,
      patient: cards[n].patient.name,
      service: cards[n].service.name,
      start: cards[n].start,
      end: cards[n].end,
      booked_by: by,
      desk: where,
      booked_at: when,
    });
    const one = {
      id: "ib1",
      kind: "double_booking",
      at: "2026-11-18T13:31:00Z",
      title_data: {
        resource: "Dra. Camila Rocha",
        first: side(5, "Lívia Moraes", "Recepção 1", "2026-11-18T12:58:00Z"),
        second: side(6, "Camila Rocha", "Recepção 2", "2026-11-18T13:04:00Z"),
      },
      resolution: inboxOpen ? null : "move",
      resolved_at: inboxOpen ? null : nowInstant,
      resolved_by: inboxOpen ? null : "Lívia Moraes",
    };
    return inboxOpen ? { open: [one], resolved: [] } : { open: [], resolved: [one] };
  },
  "agenda.proposals": () => [
    {
      kind: "move",
      appointment_id: "ap6",
      start: at("14:30"),
      resource_id: "camila",
      practitioner: "Dra. Camila Rocha",
      room_id: null,
      recommended: true,
    },
    {
      kind: "other_resource",
      appointment_id: "ap6",
      start: at("14:30"),
      resource_id: "beatriz",
      practitioner: "Beatriz Nunes",
      room_id: null,
      recommended: false,
    },
    {
      kind: "keep_both",
      appointment_id: "ap6",
      start: null,
      resource_id: null,
      practitioner: null,
      room_id: null,
      recommended: false,
    },
  ],
  "agenda.resolve": (i) => {
    inboxOpen = false;
    if (i.choice.kind === "move")
      Object.assign(card("ap6"), {
        start: i.choice.start,
        end: plus(i.choice.start, 45),
        resource_id: i.choice.resource_id,
      });
    card("ap5").claim = card("ap6").claim = "granted";
    return (commands["system.inbox"]?.({}) as any).resolved[0];
  },
  "system.printers": () => [
    { name: "Balcao_HP", default: true },
    { name: "Sala_Epson", default: false },
  ],
  "system.print": () => ({ job: "Balcao_HP-12" }),
  "system.save_paper": (i) => ({ path: `/home/livia/Documentos/${i.paper.kind}-${i.paper.id}.pdf` }),
  "system.paper": (i) => ({
    file_name: "papel.pdf",
    title:
      i.paper.kind === "document"
        ? "Termo de consentimento"
        : i.paper.kind === "receipt"
          ? "Recibo R-000381"
          : "Nota A-000402",
    pdf_base64: pdf(i.paper.kind),
  }),
  "organization.amend_clinic": (i) => Object.assign(clinic, i),
  "organization.users": () => users,
  "organization.add_user": (i) => {
    if (i.password.length < 8) refuse("password_too_short", { minimum: 8 });
    const one = { id: id("u"), name: i.name, role: i.role, active: true, practitioner_id: i.practitioner_id ?? null };
    users.push(one);
    return one;
  },
  "people.search": (i) => {
    const words = fold(i.text ?? "")
      .split(/\s+/)
      .filter(Boolean);
    return people
      .filter((p) =>
        words.every(
          (w) =>
            fold(p.name)
              .split(" ")
              .some((part: string) => part.startsWith(w)) ||
            p.phone?.replace(/\D/g, "").includes(w) ||
            p.document?.formatted.includes(w),
        ),
      )
      .slice(0, i.limit ?? 50)
      .map(hit);
  },
  "people.register": (i) => {
    if (!i.given) refuse("name_missing");
    if (i.identifier?.value && i.identifier.value.replace(/\D/g, "").length !== 11)
      refuse("identifier_invalid", { expected: null });
    const p = {
      id: id("p"),
      code: `P-${2000 + serial}`,
      name: [i.given, i.family].filter(Boolean).join(" "),
      legal_name: "",
      ...i,
      age: null,
      sex: i.sex ?? "unknown",
      document: i.identifier ? { type: i.identifier.type, formatted: i.identifier.value } : null,
      phone: i.phone ?? null,
      email: i.email ?? null,
      allergies: [],
      asked: false,
    };
    people.unshift(p);
    return header(p);
  },
  "people.amend": (i) => {
    const p = person(i.id);
    Object.assign(p, i, {
      name: i.preferred_name || [i.given ?? p.given, i.family ?? p.family].filter(Boolean).join(" "),
    });
    return header(p);
  },
  "people.open": (i) => {
    const p = person(i.id);
    return {
      header: header(p),
      details: {
        given: p.given,
        family: p.family,
        preferred_name: p.preferred_name ?? null,
        address: p.address ?? null,
        notes: p.notes ?? null,
        identifiers: p.document ? [{ type: p.document.type, value: p.document.formatted, country: "BR" }] : [],
        phones: p.phone ? [p.phone] : [],
        emails: p.email ? [p.email] : [],
        registered_at: "2026-08-12T12:00:00Z",
      },
      timeline: [
        {
          at: "2026-11-18T13:36:00Z",
          kind: "arrival",
          title: "Chegou à recepção",
          detail: "Check-in por Lívia · espera 6 min",
          ref: null,
        },
        {
          at: "2026-10-21T13:00:00Z",
          kind: "visit",
          title: "Bioestimulador · sessão 3",
          detail: "Dra. Camila · 1 frasco, lote H2147, val. 03/2028 · sem intercorrência",
          ref: null,
        },
        {
          at: "2026-10-21T13:12:00Z",
          kind: "document",
          title: "Termo de bioestimulador assinado",
          detail: "Versão 4 · selado 10:12 · 2 de 3 finalidades",
          ref: "d1",
        },
        {
          at: "2026-10-21T14:00:00Z",
          kind: "receipt",
          title: "Recibo A-000381",
          detail: "R$ 1.800,00 · cartão de crédito em 3×",
          ref: null,
        },
        {
          at: "2026-08-12T12:00:00Z",
          kind: "registered",
          title: "Cadastro criado",
          detail: "Indicação de Helena Duarte",
          ref: null,
        },
      ],
    };
  },
  "people.import": (i) => ({
    encoding: "utf-8",
    separator: ";",
    headers: [
      { column: "Nome", field: "name" },
      { column: "CPF", field: "cpf" },
      { column: "Obs", field: null },
    ],
    lines: [
      { line: 2, outcome: "add", name: "João Prado", reasons: [] },
      { line: 3, outcome: "refuse", name: "Ana Reis", reasons: ["identifier_invalid"] },
    ],
    added: 1,
    refused: 1,
    committed: !i.dry_run,
  }),
  "staff.list": () => staff,
  "staff.add": (i) => {
    const one = {
      ...i,
      id: id("pr"),
      name: [i.title, i.given, i.family].filter(Boolean).join(" "),
      resource_id: id("res"),
      active: true,
      council: i.council ?? null,
      user_id: null,
    };
    staff.push(one);
    resources.push({
      id: one.resource_id,
      type: "practitioner",
      name: one.name,
      practitioner_id: one.id,
      capacity: 1,
      color: null,
      active: true,
      hours: [],
    });
    return one;
  },
  "staff.amend": (i) =>
    Object.assign(
      staff.find((one) => one.id === i.id),
      i,
    ),
  "catalogue.list": () => catalogue,
  "catalogue.add": (i) => {
    const one = {
      category: null,
      description: null,
      buffer_before_min: 0,
      buffer_after_min: 0,
      color: null,
      consent_template_id: null,
      ...i,
      id: id("s"),
      active: true,
      price: i.price ? { amount: i.price, currency: "BRL" } : null,
    };
    catalogue.push(one);
    return one;
  },
  "catalogue.amend": (i) => {
    const one = catalogue.find((s) => s.id === i.id);
    return Object.assign(one, i, { price: i.price ? { amount: i.price, currency: "BRL" } : one.price });
  },
  "resources.list": () => resources,
  "resources.add_room": (i) => {
    const one = {
      id: id("room"),
      type: "room",
      name: i.name,
      practitioner_id: null,
      capacity: 1,
      color: null,
      active: true,
      hours: [],
    };
    resources.push(one);
    return one;
  },
  "resources.set_hours": (i) =>
    Object.assign(
      resources.find((one) => one.id === i.resource_id),
      { hours: i.hours },
    ),
  "agenda.day": (i) => ({
    date: i.date,
    columns: practitioners.map(([key, name, , sub]) => ({
      resource_id: key,
      practitioner_id: `pr-${key}`,
      name,
      subtitle: sub,
      color: "petrol",
      hours: hoursOf(key, i.date),
    })),
    cards: cards.filter((one) => one.start.startsWith(i.date)),
    conflicts: inboxOpen && i.date === today ? 1 : 0,
  }),
  "agenda.week": (i) => ({
    from: i.from,
    days: days(i.from, 7).map((date) => ({ date, hours: hoursOf(i.resource_id, date) })),
    cards: cards.filter((one) => one.resource_id === i.resource_id),
  }),
  "agenda.marks": (i) =>
    days(`${i.month}-01`, 30)
      .filter((date) => ![0, 6].includes(weekday(date)))
      .map((date) => ({ date, count: 8 })),
  "agenda.free_slots": (i) =>
    ["18:00", "09:00", "11:00", "14:00", "15:30", "16:00"].slice(0, i.limit ?? 6).map((time, n) => ({
      start: at(time, n === 0 ? i.from : days(i.from, 3)[1 + (n > 3 ? 1 : 0)]),
      end: at(time),
      resource_id: i.resource_id ?? "camila",
      practitioner: practitioners.find(([key]) => key === (i.resource_id ?? "camila"))?.[1],
      room_id: null,
    })),
  "agenda.usual": () => ({
    service_id: "bio",
    resource_id: "camila",
    first_free: { start: at("10:45", "2026-12-16"), resource_id: "camila" },
  }),
  "agenda.book": (i) => {
    const service = catalogue.find((one) => one.id === i.service_id);
    const end = plus(i.start, i.duration_min ?? service.duration_min);
    free(i.resource_id, i.start, end);
    if (i.start.slice(11) >= "18:00" && !i.outside_hours)
      refuse("outside_hours", { hours: [{ start: "08:00", end: "18:00" }] });
    const p = person(i.patient_id);
    const made = {
      ...structuredClone(cards[4]),
      appointment_id: id("ap"),
      encounter_id: null,
      patient: { id: p.id, name: p.name, age: p.age, phone: p.phone, allergies: [] },
      service: { id: service.id, name: service.name },
      resource_id: i.resource_id,
      practitioner: practitioners.find(([key]) => key === i.resource_id)?.[1],
      start: i.start,
      end,
      start_at: instant(i.start),
      status: "scheduled",
      claim: "provisional",
      synced: false,
      notes: i.notes ?? null,
      price: service.price,
    };
    cards.push(made);
    return made;
  },
  "agenda.move": (i) => {
    const one = card(i.appointment_id);
    const minutes = (Date.parse(one.end) - Date.parse(one.start)) / 60_000;
    free(i.resource_id ?? one.resource_id, i.start, plus(i.start, minutes), one.appointment_id);
    return Object.assign(one, {
      start: i.start,
      end: plus(i.start, minutes),
      resource_id: i.resource_id ?? one.resource_id,
      practitioner: practitioners.find(([key]) => key === (i.resource_id ?? one.resource_id))?.[1],
    });
  },
  "agenda.confirm": (i) => Object.assign(card(i.appointment_id), { status: "confirmed" }),
  "agenda.cancel": (i) => Object.assign(card(i.appointment_id), { status: "cancelled" }),
  "agenda.no_show": (i) => Object.assign(card(i.appointment_id), { status: "no_show" }),
  "agenda.open": (i) => {
    const one = card(i.appointment_id);
    return {
      card: one,
      checklist: [
        { key: "registration", done: true, detail: "10:37", ref: null },
        { key: "allergies", done: true, detail: "10:38", ref: null },
        { key: "consent", done: !one.flags.consent_missing, detail: null, ref: null },
      ],
      history: [
        { at: "2026-11-18T13:36:00Z", to: one.status, by: "Lívia Moraes", reason: null },
        { at: "2026-10-28T13:00:00Z", to: "scheduled", by: "Lívia Moraes", reason: null },
      ],
    };
  },
  "reception.board": () => {
    const all = cards.filter((one) => one.start.startsWith(today)).map(board);
    return {
      expected: all
        .filter((c) => ["scheduled", "confirmed"].includes(c.status))
        .sort((a, b) => (a.start < b.start ? -1 : 1)),
      arrived: all.filter((c) => c.status === "checked_in"),
      in_room: all.filter((c) => c.status === "in_progress"),
      to_charge: all.filter((c) => c.money === "to_bill"),
      done: all.filter((c) => c.status === "no_show" || (c.status === "completed" && c.money !== "to_bill")),
      average_wait_min: 9,
      longest_wait_min: 27,
      to_charge_total: brl(72000),
    };
  },
  "reception.check_in": (i) =>
    board(
      Object.assign(card(i.appointment_id), {
        status: "checked_in",
        encounter_id: id("en"),
        waiting_since: nowInstant,
        late_min: null,
      }),
    ),
  "reception.walk_in": (i) => {
    const p = person(i.patient_id);
    const made = {
      ...structuredClone(cards[3]),
      appointment_id: id("ap"),
      encounter_id: id("en"),
      patient: { id: p.id, name: p.name, age: p.age, phone: p.phone, allergies: [] },
      start: at("10:40"),
      end: at("11:10"),
      service: null,
      waiting_since: nowInstant,
      walk_in: true,
      price: null,
      notes: null,
    };
    cards.push(made);
    return board(made);
  },
  "reception.start": (i) =>
    board(
      Object.assign(card(i.encounter_id), {
        status: "in_progress",
        started_at: nowInstant,
        room: { id: i.room_id ?? "room1", name: resources.find((one) => one.id === i.room_id)?.name ?? "Sala 1" },
      }),
    ),
  "reception.finish": (i) => board(Object.assign(card(i.encounter_id), { status: "completed", money: "to_bill" })),
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
  ...billing({ refuse, card, person, catalogue, cards, id }),
};

const asked = new URLSearchParams(location.search);
let state = asked.get("state") ?? "open";
const problem = asked.get("problem");
const face = asked.get("face");
const reads =
  /^(system\.(status|sync_status|inbox|printers|paper|print|save_paper|sync_now)|organization\.users|people\.(search|open)|staff\.list|catalogue\.list|resources\.list|agenda\.(day|week|marks|free_slots|usual|open|proposals)|reception\.board|chart\.open|documents\.(templates|list|open)|billing\.(split|open|account|list|pix))$/;
const everything = [
  "organization",
  "people",
  "staff",
  "catalogue",
  "resources",
  "agenda",
  "reception",
  "chart",
  "documents",
  "billing",
  "system",
] as Touched["topics"];

/** A host that lives in the page: development only. */
export function fixture(): Host {
  return {
    async call(name, input) {
      await new Promise((done) => setTimeout(done, 15));
      try {
        const command = commands[name];
        if (!command) return { refused: { reason: { code: "unknown_command" } } };
        return { done: { value: structuredClone(command(input)), touched: reads.test(name) ? [] : everything } };
      } catch (problem_) {
        const reason = (problem_ as { reason?: { code: string } }).reason;
        return reason ? { refused: { reason } } : { failed: { ticket: String(problem_) } };
      }
    },
    listen: () => undefined,
  };
}
