/** The six weeks a month's picture shows. */
export interface MonthDay {
  date: string;
  inMonth: boolean;
}

/** `month` is "2026-11"; `first` the week's first day, 0 = Sunday. Always 42 days, so the picture never changes its height. */
export function monthDays(month: string, first: number): MonthDay[] {
  const [y, mo] = month.split("-").map(Number);
  const start = new Date(Date.UTC(y ?? 1970, (mo ?? 1) - 1, 1));
  const back = (start.getUTCDay() - first + 7) % 7;
  return Array.from({ length: 42 }, (_, at) => {
    const day = new Date(Date.UTC(y ?? 1970, (mo ?? 1) - 1, 1 - back + at));
    const date = day.toISOString().slice(0, 10);
    return { date, inMonth: date.startsWith(month) };
  });
}

/** The month `step` months on. */
export function stepMonth(month: string, step: number): string {
  const [y, mo] = month.split("-").map(Number);
  return new Date(Date.UTC(y ?? 1970, (mo ?? 1) - 1 + step, 1)).toISOString().slice(0, 7);
}
