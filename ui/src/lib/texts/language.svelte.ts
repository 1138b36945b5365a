import { baseLocale, isLocale, type Locale, overwriteGetLocale } from "$lib/paraglide/runtime";

const place = "praxis.language";

/** What was chosen before, else the system's language where we speak it, else the base language. */
function firstLanguage(): Locale {
  const chosen = typeof localStorage === "undefined" ? null : localStorage.getItem(place);
  if (chosen && isLocale(chosen)) return chosen;
  const system = typeof navigator === "undefined" ? "" : navigator.language.slice(0, 2);
  return system === "es" ? "es" : baseLocale;
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
    const short = clinicLocale.slice(0, 2);
    this.use(short === "es" ? "es" : short === "en" ? "en" : baseLocale);
  }

  private use(locale: Locale): void {
    this.current = locale;
    document.documentElement.lang = locale;
  }
}

export const language = new Language();
overwriteGetLocale(() => language.current);
export type { Locale };
