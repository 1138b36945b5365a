/* eslint-disable @typescript-eslint/no-explicit-any -- a fixture for developing screens; the core owns the true shapes */
import type { Host, Touched } from "../src/lib/desk/host";
import { billing } from "./billing";
import { chart } from "./chart";
import { brl, clinic, nowInstant, practitioners, today } from "./data";
import { pdf } from "./pdf";
import {
  at,
  board,
  card,
  cards,
  catalogue,
  days,
  fold,
  free,
  header,
  hit,
  hoursOf,
  id,
  instant,
  people,
  person,
  plus,
  refuse,
  resources,
  session,
  staff,
  users,
  weekday,
} from "./records";

let inboxOpen = true;
let server: string | null = "https://praxis.alameda.example";

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
  "system.save_paper": (i) => ({ path: `${i.paper.kind}-${i.paper.id}.pdf` }),
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
  "organization.desks": () => [
    { id: "k", name: "Recepção 1", prefix: "A", since: "2026-03-02T11:00:00Z", here: true },
    { id: "k2", name: "Clínica Alameda · B", prefix: "B", since: "2026-04-15T11:00:00Z", here: false },
  ],
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
      code: `P-${2000 + people.length}`,
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
  ...chart,
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
