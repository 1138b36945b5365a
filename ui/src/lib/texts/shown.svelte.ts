/** How dates and amounts are written, followed by every text that holds one. */
export interface Shown {
  /** BCP 47: the language of the screen, as the clinic's country writes it where they agree. */
  locale: string;
  /** IANA zone of the clinic. */
  zone: string;
  /** ISO 4217, of the clinic. */
  currency: string;
}

export const shown: Shown = $state({ locale: "pt-BR", zone: "America/Sao_Paulo", currency: "BRL" });

/** Each language of the screens in a country that puts the day first, as all our date fields do. */
const countries: Record<string, string> = { pt: "pt-BR", es: "es-PY", en: "en-GB" };

/** The clinic's own locale where it speaks the screen's language, else a usual one of that language. */
export function localeFor(language: string, clinicLocale: string): string {
  const short = language.slice(0, 2);
  return clinicLocale.length > 2 && clinicLocale.startsWith(short) ? clinicLocale : (countries[short] ?? language);
}

/** Called when a session opens and when the language changes. */
export function showAs(clinic: Shown, language: string): void {
  shown.locale = localeFor(language, clinic.locale);
  shown.zone = clinic.zone;
  shown.currency = clinic.currency;
}
