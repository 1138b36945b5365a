import type { Input, PatientPage } from "$lib/desk";

type Registration = Input<"people.register">;
type IdentifierType = NonNullable<Registration["identifier"]>["type"];
type Sex = NonNullable<Registration["sex"]>;

/** The fields as they are typed. */
export interface PersonValues {
  given: string;
  family: string;
  preferred_name: string;
  birth_date: string;
  sex: Sex;
  phone: string;
  email: string;
  document_type: IdentifierType;
  document: string;
  address: string;
  notes: string;
}

export const emptyValues = (): PersonValues => ({
  given: "",
  family: "",
  preferred_name: "",
  birth_date: "",
  sex: "unknown",
  phone: "",
  email: "",
  document_type: "cpf",
  document: "",
  address: "",
  notes: "",
});

/** What the core knows, as it is edited: numbers as people write them, which is how the header has them. */
export function valuesOf(page: PatientPage): PersonValues {
  const document = page.details.identifiers[0];
  return {
    given: page.details.given,
    family: page.details.family ?? "",
    preferred_name: page.details.preferred_name ?? "",
    birth_date: page.header.birth_date ?? "",
    sex: (["male", "female"].includes(page.header.sex) ? page.header.sex : "unknown") as Sex,
    phone: page.header.phone ?? "",
    email: page.details.emails[0] ?? "",
    document_type: (document?.type ?? "cpf") as IdentifierType,
    document: (document?.type === page.header.document?.type ? page.header.document?.formatted : document?.value) ?? "",
    address: page.details.address ?? "",
    notes: page.details.notes ?? "",
  };
}

const optional = ["family", "preferred_name", "birth_date", "phone", "email", "address", "notes"] as const;

/** For a registration: what was left empty is left out. */
export function toRegister(values: PersonValues): Registration {
  const filled = Object.fromEntries(
    optional.map((key) => [key, values[key].trim()]).filter(([, value]) => value !== ""),
  );
  const number = values.document.trim();
  return {
    given: values.given.trim(),
    sex: values.sex,
    ...filled,
    ...(number ? { identifier: { type: values.document_type, value: number } } : {}),
  };
}

/** For an amendment: only what changed crosses; what was emptied is cleared with null. */
export function toAmend(before: PersonValues, after: PersonValues): Record<string, unknown> {
  const changed: Record<string, unknown> = {};
  if (after.given.trim() !== before.given) changed["given"] = after.given.trim();
  for (const key of optional) {
    const now = after[key].trim();
    if (now !== before[key]) changed[key] = now === "" ? null : now;
  }
  if (after.sex !== before.sex) changed["sex"] = after.sex;
  const number = after.document.trim();
  if (number !== before.document || (number !== "" && after.document_type !== before.document_type))
    changed["identifier"] = number === "" ? null : { type: after.document_type, value: number };
  return changed;
}
