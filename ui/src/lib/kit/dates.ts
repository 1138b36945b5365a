/** What people type for a day, day first: "18/11/2026", "18-11-26", "18112026", "2026-11-18". */
export function parseDay(text: string): string | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
  if (iso) return real(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const parts =
    /^(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4}|\d{2})$/.exec(text.trim()) ??
    /^(\d{2})(\d{2})(\d{4})$/.exec(text.trim());
  if (!parts) return undefined;
  const year = Number(parts[3]);
  return real(year < 100 ? (year > 40 ? 1900 : 2000) + year : year, Number(parts[2]), Number(parts[1]));
}

function real(year: number, month: number, day: number): string | undefined {
  const at = new Date(Date.UTC(year, month - 1, day));
  if (at.getUTCFullYear() !== year || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return undefined;
  return at.toISOString().slice(0, 10);
}

/** "2026-11-18" as "18/11/2026". */
export function writeDay(date: string): string {
  const [y, m, d] = date.split("-");
  return `${d}/${m}/${y}`;
}

/** "8", "8:30", "0830", "8h30" as "08:30". */
export function parseTime(text: string): string | undefined {
  const parts = /^(\d{1,2})(?:[:h.]?(\d{2}))?$/.exec(text.trim());
  if (!parts) return undefined;
  const hour = Number(parts[1]);
  const minute = Number(parts[2] ?? 0);
  if (hour > 23 || minute > 59) return undefined;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}
