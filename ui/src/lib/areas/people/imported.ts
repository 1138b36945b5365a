import { type ImportField, Refused } from "$lib/desk";
import { m, say } from "$lib/texts";

const fields: Record<ImportField, () => string> = {
  name: () => m.people_name(),
  given: () => m.people_given(),
  family: () => m.people_family(),
  preferred_name: () => m.people_preferred(),
  birth_date: () => m.people_birth(),
  sex: () => m.people_sex(),
  phone: () => m.people_phone(),
  email: () => m.people_email(),
  document: () => m.people_document(),
  cpf: () => m.people_field_cpf(),
  cnpj: () => m.people_field_cnpj(),
  ci: () => m.people_field_ci(),
  ruc: () => m.people_field_ruc(),
  dni: () => m.people_field_dni(),
  passport: () => m.people_passport(),
  address: () => m.people_address(),
  notes: () => m.people_notes(),
};

/** What a column holds. */
export const fieldWord = (field: ImportField): string => fields[field]();

/** Why a line is not taken. A code may carry a detail behind a colon: the digits that fit, the line it repeats. */
export function lineReason(reason: string): string {
  const [code = "", detail] = reason.split(":");
  if (code === "quote_unclosed") return m.people_import_quote();
  if (code === "birth_date_invalid") return m.people_import_birth();
  if (code === "text_too_long") return m.people_import_too_long();
  if (code === "text_unreadable") return m.people_import_unreadable();
  if (code === "duplicate_in_file") return m.people_import_repeats({ line: detail ?? "" });
  return say(new Refused({ code, ...(detail ? { expected: detail } : {}) }));
}
