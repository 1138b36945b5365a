import { Failed, Refused } from "$lib/desk";
import { m } from "$lib/paraglide/messages";
import { fieldWord } from "./fields";
import { clock, money, numericDay, secondsShort } from "./format";
import { statusWord } from "./status";

type Data = Record<string, unknown>;
const text = (value: unknown): string => (value === null || value === undefined ? "" : String(value));
const list = (value: unknown): string => (Array.isArray(value) ? value.map(text).join(", ") : text(value));

const dayOf = (value: unknown): string => (value ? numericDay(text(value)) : "");

interface Span {
  start: string;
  end: string;
}

function hours(data: Data): string {
  const spans = (data["hours"] as Span[] | undefined) ?? [];
  return spans.map((span) => `${span.start.slice(0, 5)}–${span.end.slice(0, 5)}`).join(", ");
}

function overlap(data: Data): string {
  const first = (data["with"] as { patient: string; start: string; end: string }[] | undefined)?.[0];
  const resource = text(data["resource"]);
  if (!first) return m.refusals_overlaps_plain({ resource });
  return m.refusals_overlaps({ resource, patient: first.patient, from: clock(first.start), to: clock(first.end) });
}

function openAmount(data: Data): string {
  const open = data["open"];
  return open && typeof open === "object" ? money(open as { amount: string; currency: string }) : text(open);
}

function tooLong(data: Data): string {
  const [field, most] = [fieldWord(data["field"]), text(data["most"])];
  return field ? m.refusals_text_too_long_in({ field, most }) : m.refusals_text_too_long({ most });
}

/** One text per refusal code; the code and its data come from the core, the words are ours. */
const words: Record<string, (data: Data) => string> = {
  name_missing: () => m.refusals_name_missing(),
  name_taken: () => m.refusals_name_taken(),
  pix_key_invalid: () => m.refusals_pix_key_invalid(),
  born_too_long_ago: () => m.refusals_born_too_long_ago(),
  day_too_far: (d) => m.refusals_day_too_far({ from: dayOf(d["from"]), until: dayOf(d["until"]) }),
  due_too_late: (d) => m.refusals_due_too_late({ latest: dayOf(d["latest"]) }),
  text_too_long: tooLong,
  text_unreadable: (d) => {
    const field = fieldWord(d["field"]);
    return field ? m.refusals_text_unreadable_in({ field }) : m.refusals_text_unreadable();
  },
  week_start_invalid: () => m.refusals_week_start_invalid(),
  tax_id_invalid: (d) =>
    d["expected_digits"]
      ? m.refusals_tax_id_expected({ expected: text(d["expected_digits"]) })
      : m.refusals_tax_id_invalid(),
  phone_invalid: () => m.refusals_phone_invalid(),
  email_invalid: () => m.refusals_email_invalid(),
  password_too_short: (d) => m.refusals_password_too_short({ minimum: text(d["minimum"] ?? 8) }),
  folder_not_empty: () => m.refusals_folder_not_empty(),
  profile_unknown: () => m.refusals_profile_unknown(),
  code_wrong: (d) => m.refusals_code_wrong({ tries_left: text(d["tries_left"]) }),
  code_expired: () => m.refusals_code_expired(),
  code_misread: () => m.refusals_code_misread(),
  code_word_unknown: (d) => m.refusals_code_word_unknown({ place: text(d["place"]) }),
  server_unreachable: () => m.refusals_server_unreachable(),
  already_adopted: () => m.refusals_already_adopted(),
  wrong_password: () => m.refusals_wrong_password(),
  locked_out: (d) => m.refusals_locked_out({ time: secondsShort(Number(d["wait_seconds"] ?? 1)) }),
  keychain_entry_gone: () => m.start_problem_keychain_entry_gone_do(),
  key_slots_missing: () => m.start_problem_key_slots_missing_do(),
  file_damaged: () => m.start_problem_file_damaged_do(),
  schema_newer: () => m.start_problem_schema_newer_do(),
  desk_revoked: () => m.start_problem_desk_revoked_do(),
  in_use: () => m.start_problem_in_use_do(),
  not_permitted: () => m.refusals_not_permitted(),
  not_signed_in: () => m.refusals_not_signed_in(),
  input_invalid: (d) => m.refusals_input_invalid({ detail: text(d["detail"]) }),
  unknown_command: () => m.refusals_unknown_command(),
  born_in_future: () => m.refusals_born_in_future(),
  identifier_invalid: (d) =>
    d["expected"] ? m.refusals_identifier_expected({ expected: text(d["expected"]) }) : m.refusals_identifier_invalid(),
  already_registered: (d) => m.refusals_already_registered({ name: text(d["name"]) }),
  not_found: () => m.refusals_not_found(),
  council_incomplete: () => m.refusals_council_incomplete(),
  duration_invalid: () => m.refusals_duration_invalid(),
  price_invalid: () => m.refusals_price_invalid(),
  hours_invalid: () => m.refusals_hours_invalid(),
  overlaps: overlap,
  outside_hours: (d) => (hours(d) ? m.refusals_outside_hours({ hours: hours(d) }) : m.refusals_outside_hours_closed()),
  time_does_not_exist: () => m.refusals_time_does_not_exist(),
  not_movable: () => m.refusals_not_movable(),
  transition_refused: (d) =>
    m.refusals_transition_refused({ from: statusWord(text(d["from"])), to: statusWord(text(d["to"])) }),
  reason_missing: () => m.refusals_reason_missing(),
  empty: () => m.refusals_empty(),
  not_author: () => m.refusals_not_author(),
  already_signed: () => m.refusals_already_signed(),
  fields_missing: (d) => m.refusals_fields_missing({ keys: list(d["keys"]) }),
  signature_empty: () => m.refusals_signature_empty(),
  signature_too_small: () => m.refusals_signature_too_small(),
  purpose_required: (d) => m.refusals_purpose_required({ key: text(d["label"] ?? d["key"]) }),
  already_sealed: () => m.refusals_already_sealed(),
  signature_missing: (d) => m.refusals_signature_missing({ roles: list(d["roles"]) }),
  already_issued: () => m.refusals_already_issued(),
  amount_invalid: () => m.refusals_amount_invalid(),
  discount_too_large: () => m.refusals_discount_too_large(),
  nothing_to_issue: () => m.refusals_nothing_to_issue(),
  payment_too_large: (d) => m.refusals_payment_too_large({ open: openAmount(d) }),
  count_invalid: () => m.refusals_count_invalid(),
  not_issued: () => m.refusals_not_issued(),
  no_pix_key: () => m.refusals_no_pix_key(),
  not_brl: () => m.refusals_not_brl(),
  no_printer: () => m.refusals_no_printer(),
  allergies_stand: () => m.refusals_allergies_stand(),
  already_recorded: () => m.refusals_already_recorded(),
  already_refused: () => m.refusals_already_refused(),
  already_resolved: () => m.refusals_already_resolved(),
  already_struck: () => m.refusals_already_struck(),
  already_superseded: () => m.refusals_already_superseded(),
  body_missing: () => m.refusals_body_missing(),
  capacity_invalid: () => m.refusals_capacity_invalid(),
  description_missing: () => m.refusals_description_missing(),
  due_before_issue: () => m.refusals_due_before_issue(),
  file_empty: () => m.refusals_file_empty(),
  file_too_large: () => m.refusals_file_too_large(),
  key_invalid: () => m.refusals_key_invalid(),
  name_column_missing: () => m.refusals_name_column_missing(),
  no_such_user: () => m.refusals_no_such_user(),
  not_text: () => m.refusals_not_text(),
  not_today: () => m.refusals_not_today(),
  patient_first: () => m.refusals_patient_first(),
  purpose_unknown: () => m.refusals_purpose_unknown(),
  signature_too_large: () => m.refusals_signature_too_large(),
  substance_missing: () => m.refusals_substance_missing(),
  title_missing: () => m.refusals_title_missing(),
  too_early: () => m.refusals_too_early(),
  too_many_lines: () => m.refusals_too_many_lines(),
  unsaved_draft: () => m.refusals_unsaved_draft(),
  locale_unknown: () => m.refusals_locale_unknown(),
  month_invalid: () => m.refusals_month_invalid(),
  no_folder: () => m.refusals_no_folder(),
  not_sent_yet: (d) => m.refusals_not_sent_yet({ waiting: text(d["waiting"]) }),
  server_refused: () => m.refusals_server_refused(),
  unsigned: () => m.refusals_unsigned(),
  variable_unknown: (d) => m.refusals_variable_unknown({ key: text(d["key"]) }),
  printer_gone: (d) => m.refusals_printer_gone({ printer: text(d["printer"]) }),
  printer_refused: (d) => m.refusals_printer_refused({ detail: text(d["detail"]) }),
  printer_stopped: (d) => m.refusals_printer_stopped({ printer: text(d["printer"]), reason: text(d["reason"]) }),
};

/** The codes that have words of their own. */
export const knownCodes = Object.keys(words);

/** A refusal or failure in the language of the screen. */
export function say(problem: unknown): string {
  if (problem instanceof Refused)
    return (words[problem.code] ?? (() => m.refusals_unknown({ code: problem.code })))(problem.data);
  if (problem instanceof Failed) return m.refusals_failed({ ticket: problem.ticket });
  return m.refusals_failed({ ticket: problem instanceof Error ? problem.message : String(problem) });
}

/** The refusal's text if its code is one of `codes`: for the field that can mend it. */
export function about(problem: unknown, ...codes: string[]): string | undefined {
  return problem instanceof Refused && codes.includes(problem.code) ? say(problem) : undefined;
}

/** The text of a problem that belongs to none of the fields named by `codes`. */
export function apartFrom(problem: unknown, ...codes: string[]): string | undefined {
  if (!problem || (problem instanceof Refused && codes.includes(problem.code))) return undefined;
  return say(problem);
}
