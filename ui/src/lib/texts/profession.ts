import { m } from "$lib/paraglide/messages";

/** The professions one chooses from, in the order in which they are offered. */
export const professions = {
  doctor: () => m.settings_type_physician(),
  biomedical: () => m.settings_type_biomedic(),
  physiotherapist: () => m.settings_type_physiotherapist(),
  aesthetician: () => m.settings_type_aesthetician(),
  nurse: () => m.settings_type_nurse(),
  other: () => m.people_other_document(),
};

/** The word for a profession; one that is not offered is shown as it came. */
export const professionWord = (key: string): string =>
  (professions as Record<string, (() => string) | undefined>)[key]?.() ?? key;
