import { baseLocale, isLocale, type Locale, locales, overwriteGetLocale } from "$lib/paraglide/runtime";

const place = "praxis.language";

/** The languages of the screens, each by its own name. */
export const languages: readonly { value: Locale; label: string }[] = [
  { value: "pt-BR", label: "Português" },
  { value: "es", label: "Español" },
  { value: "en", label: "English" },
];

/** The locale we have for a language tag: "pt-PT" is read by whoever reads "pt-BR". */
export const spoken = (tag: string): Locale | undefined => locales.find((one) => one.slice(0, 2) === tag.slice(0, 2));

/** What was chosen before, else the first of the system's languages that we speak, else English. */
function firstLanguage(): Locale {
  if (typeof localStorage === "undefined") return baseLocale;
  const chosen = localStorage.getItem(place);
  if (chosen && isLocale(chosen)) return chosen;
  return navigator.languages.map(spoken).find((locale) => locale !== undefined) ?? "en";
}

/** The language of the screens. Every text follows a change at once: messages read `current`, which is a signal. */
class Language {
  current = $state<Locale>(firstLanguage());
  /** True once somebody chose; before that the clinic's locale may still decide. */
  chosen = $state(typeof localStorage !== "undefined" && localStorage.getItem(place) !== null);

  choose(locale: Locale): void {
    this.chosen = true;
    localStorage.setItem(place, locale);
    this.use(locale);
  }

  /** Takes the clinic's locale where nobody chose on this computer. */
  follow(clinicLocale: string): void {
    if (this.chosen) return;
    this.use(spoken(clinicLocale) ?? "en");
  }

  private use(locale: Locale): void {
    this.current = locale;
    document.documentElement.lang = locale;
  }
}

export const language = new Language();
overwriteGetLocale(() => language.current);
export type { Locale };
