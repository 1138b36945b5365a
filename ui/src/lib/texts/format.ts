/** Dates and amounts as the reader writes them. Wall times and civil dates are never run through the computer's zone. */
import { m } from "$lib/paraglide/messages";
import { shown } from "./shown.svelte";

const minus = (text: string): string => text.replace(/[-\u2010\u2011]/g, "\u2212");

function civil(date: string): Date {
  const [y, m, d] = date.slice(0, 10).split("-").map(Number);
  return new Date(Date.UTC(y ?? 1970, (m ?? 1) - 1, d ?? 1));
}

const day = (date: string, how: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(shown.locale, { ...how, timeZone: "UTC" }).format(civil(date));

/** "R$ 1.800,00" */
export function money(value: { amount: string; currency: string }): string {
  const format = new Intl.NumberFormat(shown.locale, {
    style: "currency",
    currency: value.currency,
    currencyDisplay: "narrowSymbol",
  });
  return minus(format.format(value.amount as Intl.StringNumericLiteral));
}

/** "1.800,00", for columns whose currency stands at the head. */
export function amount(value: { amount: string; currency: string }): string {
  const digits = new Intl.NumberFormat("en", { style: "currency", currency: value.currency }).resolvedOptions()
    .maximumFractionDigits;
  const format = new Intl.NumberFormat(shown.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return minus(format.format(value.amount as Intl.StringNumericLiteral));
}

/** "R$" */
export function currencySign(currency: string): string {
  const parts = new Intl.NumberFormat(shown.locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
  }).formatToParts(0);
  return parts.find((part) => part.type === "currency")?.value ?? currency;
}

/** "português (Brasil)" for "pt-BR" */
export const languageName = (tag: string): string =>
  new Intl.DisplayNames(shown.locale, { type: "language" }).of(tag) ?? tag;

export const isZero = (value: { amount: string }): boolean => /^-?0*(\.0*)?$/.test(value.amount);
export const isNegative = (value: { amount: string }): boolean => value.amount.startsWith("-") && !isZero(value);

/** "10:45" out of a wall time. */
export const clock = (wall: string): string => wall.slice(11, 16);

/** "21 out" (with the year when it is another one than `today`'s). */
export function shortDay(date: string, today?: string): string {
  const other = today !== undefined && date.slice(0, 4) !== today.slice(0, 4);
  return day(date, { day: "numeric", month: "short", ...(other ? { year: "numeric" } : {}) })
    .replace(/\./g, "")
    .replace(/ de /g, " ");
}

/** "16–22 nov", "30 nov–6 dez" (with the year when it is another one than `today`'s). */
export function dayRange(from: string, to: string, today: string): string {
  const start = from.slice(0, 7) === to.slice(0, 7) ? String(Number(from.slice(8))) : shortDay(from, today);
  return `${start}\u2013${shortDay(to, today)}`;
}

/** "qua" */
export const weekdayShort = (date: string): string => day(date, { weekday: "short" }).replace(".", "");
/** "quarta-feira" */
export const weekdayLong = (date: string): string => day(date, { weekday: "long" });
/** "18 de novembro" */
export const dayAndMonth = (date: string): string => day(date, { day: "numeric", month: "long" });
/** "18/11/2026" */
export const numericDay = (date: string): string => day(date, { day: "2-digit", month: "2-digit", year: "numeric" });
/** "qua, 18 nov 2026" */
export const dueDay = (date: string): string =>
  `${weekdayShort(date)}, ${day(date, { day: "numeric", month: "short", year: "numeric" }).replace(/\./g, "").replace(/ de /g, " ")}`;
/** "Novembro 2026" */
export function monthTitle(date: string): string {
  const name = day(date, { month: "long" });
  return `${name.charAt(0).toLocaleUpperCase(shown.locale)}${name.slice(1)} ${date.slice(0, 4)}`;
}

/** An instant as the clinic's wall time "2026-11-18T10:42". */
export function wallOf(instant: string | number): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: shown.zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(new Date(instant));
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("year")}-${of("month")}-${of("day")}T${of("hour")}:${of("minute")}`;
}

/** "10:32" today, "21 out" else. */
export function instantShort(instant: string, today: string): string {
  const wall = wallOf(instant);
  return wall.slice(0, 10) === today ? clock(wall) : shortDay(wall, today);
}

/** "18/11/2026 10:41" */
export function instantFull(instant: string): string {
  const wall = wallOf(instant);
  return `${numericDay(wall)} ${clock(wall)}`;
}

/** "8 s", "14 min 20 s": symbols of the SI, alike in every language. */
export const secondsShort = (seconds: number): string =>
  seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;

/** "38 anos", "1 ano" */
export const years = (count: number): string => (count === 1 ? m.common_year_one : m.common_years)({ count });

/** Civil date arithmetic, in days. */
export function addDays(date: string, days: number): string {
  const at = civil(date);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

export const addMonths = (date: string, months: number): string => {
  const at = civil(date);
  const wanted = at.getUTCDate();
  at.setUTCDate(1);
  at.setUTCMonth(at.getUTCMonth() + months);
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  at.setUTCDate(Math.min(wanted, last));
  return at.toISOString().slice(0, 10);
};

/** 0 = Sunday */
export const weekday = (date: string): number => civil(date).getUTCDay();

/** The first day of the week `date` lies in. */
export const weekStart = (date: string, first: number): string => addDays(date, -((weekday(date) - first + 7) % 7));
