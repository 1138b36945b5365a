import { m } from "$lib/paraglide/messages";

/** The label of the field that a refusal names by the core's word for it. */
const labels: Record<string, () => string> = {
  address: m.people_address,
  amount: m.billing_value,
  body: m.chart_body,
  category: m.settings_category,
  city: m.start_city,
  code: m.start_code,
  description: m.billing_description,
  discount: m.billing_discount,
  email: m.people_email,
  family: m.people_family,
  given: m.people_given,
  identifier: m.people_document_number,
  legal_name: m.start_legal_name,
  name: m.people_name,
  new_password: m.start_new_password,
  note: m.agenda_note,
  notes: m.people_notes,
  number: m.settings_council_number,
  password: m.start_password,
  phone: m.people_phone,
  pix_key: m.start_pix_key,
  postal_code: m.start_postal_code,
  preferred_name: m.people_preferred,
  price: m.settings_price,
  printer: m.papers_printer,
  quantity: m.billing_quantity,
  reaction: m.chart_reaction,
  reason: m.agenda_cancel_reason,
  server: m.start_server,
  state: m.start_state,
  substance: m.chart_substance,
  tax_id: m.start_tax_id,
  title: m.chart_title,
  words: m.start_key_label,
};

/** What a field is called on the screens, or nothing where it stands on none. */
export const fieldWord = (key: unknown): string | undefined =>
  typeof key === "string" && Object.hasOwn(labels, key) ? labels[key]?.() : undefined;
