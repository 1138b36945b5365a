// A clinic at work, made through the same commands as the screens give.
import { TODAY } from "./door.mjs";

export const PASSWORD = "quatro cavalos no rio";

/** Every day, so that no test depends on which one it is. */
const WEEK = [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, start: "08:00", end: "19:00" }));

/** Another day, counted from the test's own. */
export function day(from) {
  return new Date(Date.parse(TODAY) + from * 86_400_000).toISOString().slice(0, 10);
}

/** Founds a clinic with two practitioners, two rooms, two services with their consents, and shows it. */
export async function furnish(door) {
  const call = (name, input) => door.call(name, input);
  const clinic = {};
  const founded = await call("organization.found", {
    profile: "aesthetic-br",
    locale: "pt-BR",
    clinic: {
      name: "Clínica Ipê",
      tax_id: "16.727.230/0001-97",
      phone: "(11) 3333-4444",
      city: "São Paulo",
      state: "SP",
      pix_key: "16727230000197",
    },
    admin: { name: "Ana Prado", password: PASSWORD },
  });
  clinic.user = founded.session.user;

  const practitioner = async (input) => {
    const made = await call("staff.add", input);
    await call("resources.set_hours", { resource_id: made.resource_id, hours: WEEK });
    return made;
  };
  clinic.helena = await practitioner({
    given: "Helena",
    family: "Bastos",
    title: "Dra.",
    type: "doctor",
    council: { body: "CRM", number: "145233", state: "SP" },
    user_id: clinic.user.id,
  });
  clinic.rui = await practitioner({
    given: "Rui",
    family: "Falcão",
    type: "biomedical",
    council: { body: "CRBM", number: "20871", state: "SP" },
  });
  clinic.rooms = [await call("resources.add_room", { name: "Sala 1" }), await call("resources.add_room", { name: "Sala 2" })];

  const templates = await call("documents.templates");
  const consent = (title) => templates.find((one) => one.locale === "pt-BR" && one.title.includes(title)).id;
  clinic.toxin = await call("catalogue.add", {
    name: "Toxina botulínica",
    price: "1800.00",
    duration_min: 45,
    consent_template_id: consent("toxina"),
  });
  clinic.cleaning = await call("catalogue.add", {
    name: "Limpeza de pele",
    price: "220.00",
    duration_min: 60,
    consent_template_id: consent("{{service.name}}"),
  });
  await door.page.reload();
  return clinic;
}

/** A person on file. */
export function person(door, given, family, more = {}) {
  return door.call("people.register", { given, family, ...more });
}

/** An appointment of that person. */
export function visit(door, clinic, patient, start, more = {}) {
  return door.call("agenda.book", {
    patient_id: patient.id,
    service_id: clinic.cleaning.id,
    resource_id: clinic.helena.resource_id,
    start,
    ...more,
  });
}
