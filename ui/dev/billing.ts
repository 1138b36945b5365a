/* eslint-disable @typescript-eslint/no-explicit-any -- a fixture for developing screens; the core owns the true shapes */
import { brl, cents, nowInstant, today } from "./data";

const line = (id: string, description: string, performer: string | null, unit: number, discount = 0) => ({
  id,
  description,
  service_id: null,
  performer,
  quantity: "1",
  unit: brl(unit),
  discount: brl(discount),
  total: brl(unit - discount),
});
const sum = (invoice: any) => {
  const of = (key: string) =>
    invoice.lines.reduce(
      (total: number, one: any) =>
        total + (key === "unit" ? cents(one.total.amount) + cents(one.discount.amount) : cents(one[key].amount)),
      0,
    );
  const paid = invoice.payments.reduce((total: number, one: any) => total + cents(one.amount.amount), 0);
  const total = of("total");
  return Object.assign(invoice, {
    subtotal: brl(of("unit")),
    discount: brl(of("discount")),
    total: brl(total),
    paid: brl(paid),
    open: brl(total - paid),
    payment_state: paid === 0 ? "unpaid" : paid < total ? "partial" : "paid",
    saved_at: nowInstant,
  });
};
const invoices: any[] = [
  sum({
    id: "i1",
    state: "issued",
    number: "A-000402",
    patient: { id: "p0", name: "Mariana Silva Costa" },
    payer: { name: "Mariana Silva Costa", tax_id: "123.456.789-09" },
    issue_on: "2026-11-02",
    due_on: "2026-11-25",
    lines: [line("l1", "Limpeza de pele", "Joana Prado", 19000)],
    instalments: [],
    payments: [],
    appointment_id: null,
    encounter_id: null,
  }),
  sum({
    id: "i2",
    state: "issued",
    number: "A-000381",
    patient: { id: "p0", name: "Mariana Silva Costa" },
    payer: { name: "Mariana Silva Costa", tax_id: null },
    issue_on: "2026-10-21",
    due_on: "2026-10-21",
    lines: [line("l2", "Bioestimulador de colágeno", "Dra. Camila Rocha", 180000)],
    instalments: [],
    payments: [
      {
        id: "pay1",
        amount: brl(180000),
        method: "credit_card",
        received_at: "2026-10-21T14:00:00Z",
        receipt_number: "R-000310",
      },
    ],
    appointment_id: null,
    encounter_id: null,
  }),
];

export const account = (patient: string) =>
  brl(
    invoices
      .filter((one) => one.patient.id === patient && one.state === "issued")
      .reduce((total, one) => total + cents(one.open.amount), 0),
  );

function split(total: number, count: number, first: string) {
  const each = Math.floor(total / count);
  return Array.from({ length: count }, (_, n) => {
    const due = new Date(`${first}T12:00:00Z`);
    due.setUTCMonth(due.getUTCMonth() + n);
    return {
      no: n + 1,
      due_on: due.toISOString().slice(0, 10),
      amount: brl(each + (n < total - each * count ? 1 : 0)),
    };
  });
}

export function billing(house: any): Record<string, (input: any) => unknown> {
  const open = (id: string) => invoices.find((one) => one.id === id) ?? house.refuse("not_found");
  return {
    "billing.draft": (i) => {
      const visit = i.patient_id ? undefined : house.card(i.encounter_id ?? i.appointment_id);
      const patient = visit?.patient ?? house.person(i.patient_id);
      const old = invoices.find((one) => one.state === "draft" && one.patient.id === patient.id);
      if (old) return old;
      const lines = visit?.service
        ? [line(house.id("l"), visit.service.name, visit.practitioner, cents(visit.price.amount))]
        : [];
      if (patient.id === "p0")
        lines.push(
          line(house.id("l"), "Toxina botulínica, terço superior", "Dra. Camila Rocha", 115000, 11500),
          line(house.id("l"), "Peeling superficial", "Beatriz Nunes", 32000),
        );
      const draft = sum({
        id: house.id("i"),
        state: "draft",
        number: null,
        patient: { id: patient.id, name: patient.name },
        payer: { name: patient.name, tax_id: null },
        issue_on: null,
        due_on: null,
        lines,
        instalments: [],
        payments: [],
        appointment_id: visit?.appointment_id ?? null,
        encounter_id: visit?.encounter_id ?? null,
      });
      invoices.unshift(draft);
      return draft;
    },
    "billing.amend_draft": (i) => {
      const one = open(i.invoice_id);
      one.lines = i.lines.map((given: any) => {
        const total = Math.round(cents(given.unit) * Number(given.quantity));
        return {
          id: given.id ?? house.id("l"),
          description: given.description,
          service_id: given.service_id ?? null,
          performer: one.lines.find((l: any) => l.id === given.id)?.performer ?? null,
          quantity: given.quantity,
          unit: brl(cents(given.unit)),
          discount: brl(cents(given.discount ?? "0")),
          total: brl(total - cents(given.discount ?? "0")),
        };
      });
      return sum(one);
    },
    "billing.discard_draft": (i) => (invoices.splice(invoices.indexOf(open(i.invoice_id)), 1), null),
    "billing.split": (i) => split(cents(i.total), i.count, i.first_on),
    "billing.issue": (i) => {
      const one = open(i.invoice_id);
      if (!one.lines.length) house.refuse("nothing_to_issue");
      Object.assign(one, { state: "issued", number: "A-000403", issue_on: today, due_on: i.due_on ?? today });
      if (i.payment)
        one.payments.push({
          id: house.id("pay"),
          amount: brl(cents(i.payment.amount)),
          method: i.payment.method,
          received_at: nowInstant,
          receipt_number: "R-000311",
        });
      sum(one);
      if (i.instalments)
        one.instalments = split(cents(one.open.amount), i.instalments.count, i.instalments.first_on).map((part) => ({
          ...part,
          state: "open",
        }));
      for (const card of house.cards)
        if (card.appointment_id === one.appointment_id) card.money = one.payment_state === "paid" ? "paid" : "unpaid";
      return one;
    },
    "billing.pay": (i) => {
      const one = open(i.invoice_id);
      one.payments.push({
        id: house.id("pay"),
        amount: brl(cents(i.amount)),
        method: i.method,
        received_at: nowInstant,
        receipt_number: "R-000312",
      });
      return sum(one);
    },
    "billing.open": (i) => open(i.invoice_id),
    "billing.account": (i) => ({
      balance: account(i.patient_id),
      invoices: invoices.filter((one) => one.patient.id === i.patient_id),
    }),
    "billing.list": (i) =>
      invoices.filter(
        (one) =>
          !i.state ||
          i.state === "all" ||
          (i.state === "draft" ? one.state === "draft" : one.state === "issued" && cents(one.open.amount) > 0),
      ),
    "billing.pix": () => ({
      payload:
        "00020126360014br.gov.bcb.pix0114+551195555010052040000530398654071000.005802BR5915CLINICA ALAMEDA6009SAO PAULO62070503***6304ABCD",
      modules: Array.from({ length: 37 }, (_, y) =>
        Array.from({ length: 37 }, (_, x) =>
          (x < 7 && y < 7) || (x > 29 && y < 7) || (x < 7 && y > 29)
            ? Math.max(Math.abs((x > 29 ? x - 30 : x) - 3), Math.abs((y > 29 ? y - 30 : y) - 3)) !== 2
              ? 1
              : 0
            : (x * 7 + y * 13 + x * y) % 3 === 0
              ? 1
              : 0,
        ).join(""),
      ),
    }),
  };
}
