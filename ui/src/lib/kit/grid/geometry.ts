/** Minutes of a day, columns, and what stands where. No clinic word, no DOM. */
export interface Placed {
  id: string;
  column: string;
  /** Minutes since midnight. */
  start: number;
  end: number;
}

/** A column of the grid and when it is open, in minutes of the day. */
export interface Column {
  id: string;
  name: string;
  open: { start: number; end: number }[];
}

/** Where a card stands among those it overlaps: its left edge and width as shares of the column. */
export interface Lane {
  x: number;
  w: number;
}

/** "10:45" as 645. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** 645 as "10:45". */
export function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** Overlapping cards of one column share its width, side by side; touching ends do not overlap. */
export function lanes(cards: readonly Placed[]): Map<string, Lane> {
  const placed = new Map<string, Lane>();
  for (const column of new Set(cards.map((card) => card.column))) {
    const sorted = cards.filter((card) => card.column === column).sort((a, b) => a.start - b.start || b.end - a.end);
    let cluster: { card: Placed; lane: number }[] = [];
    let until = -1;
    const close = () => {
      const count = Math.max(0, ...cluster.map((one) => one.lane)) + 1;
      for (const { card, lane } of cluster) placed.set(card.id, { x: lane / count, w: 1 / count });
      cluster = [];
    };
    for (const card of sorted) {
      if (card.start >= until) close();
      const taken = new Set(cluster.filter((one) => one.card.end > card.start).map((one) => one.lane));
      let lane = 0;
      while (taken.has(lane)) lane += 1;
      cluster.push({ card, lane });
      until = Math.max(until, card.end);
    }
    close();
  }
  return placed;
}

/** What is left of the day outside the open spans, within the shown hours. */
export function closed(
  open: readonly { start: number; end: number }[],
  from: number,
  to: number,
): { start: number; end: number }[] {
  const gaps: { start: number; end: number }[] = [];
  let at = from;
  for (const span of [...open].sort((a, b) => a.start - b.start)) {
    if (span.start > at) gaps.push({ start: at, end: Math.min(span.start, to) });
    at = Math.max(at, span.end);
  }
  if (at < to) gaps.push({ start: at, end: to });
  return gaps.filter((gap) => gap.end > gap.start);
}

/** The whole hours to show: wide enough for the open hours and everything that stands there. */
export function shownHours(spans: readonly { start: number; end: number }[]): { from: number; to: number } {
  const from = Math.min(8 * 60, ...spans.map((span) => Math.floor(span.start / 60) * 60));
  const to = Math.max(19 * 60, ...spans.map((span) => Math.ceil(span.end / 60) * 60));
  return { from, to: Math.min(to, 24 * 60) };
}

/** To the nearest step, inside the shown day. */
export function snap(minute: number, step: number, from: number, to: number): number {
  const snapped = Math.round(minute / step) * step;
  return Math.max(from, Math.min(snapped, to - step));
}

/** The first card, other than `except`, that the span would cover. */
export function blockedBy<T extends Placed>(
  cards: readonly T[],
  column: string,
  start: number,
  end: number,
  except?: string,
): T | undefined {
  return cards.find((card) => card.column === column && card.id !== except && card.start < end && start < card.end);
}

/** True when the span lies inside one of the open spans. */
export function isOpen(open: readonly { start: number; end: number }[], start: number, end: number): boolean {
  return open.some((span) => span.start <= start && end <= span.end);
}
