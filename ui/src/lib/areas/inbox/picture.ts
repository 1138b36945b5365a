import { minutesOf, timeOf } from "$lib/kit";
import { clock } from "$lib/texts";

/** A bar of the small picture, in shares of its width. */
export interface Bar {
  left: number;
  width: number;
}

/** The stretch of the day the picture shows, with a line each half hour. */
export interface Picture {
  marks: { at: number; text: string }[];
  bar: (start: string, end: string) => Bar;
  overlap: Bar;
}

/** Half an hour of air on both sides of everything that stands in it. */
export function picture(
  spans: readonly { start: string; end: string }[],
  first: { start: string; end: string },
  second: { start: string; end: string },
): Picture {
  const starts = spans.map((span) => minutesOf(clock(span.start)));
  const ends = spans.map((span) => minutesOf(clock(span.end)));
  const from = Math.floor(Math.min(...starts) / 30) * 30 - 30;
  const to = Math.ceil(Math.max(...ends) / 30) * 30 + 30;
  const share = (minute: number) => (minute - from) / (to - from);
  const bar = (start: string, end: string): Bar => {
    const left = share(minutesOf(clock(start)));
    return { left, width: share(minutesOf(clock(end))) - left };
  };
  const later = first.start > second.start ? first.start : second.start;
  const sooner = first.end < second.end ? first.end : second.end;
  return {
    marks: Array.from({ length: (to - from) / 30 + 1 }, (_, at) => ({
      at: share(from + at * 30),
      text: timeOf(from + at * 30),
    })),
    bar,
    overlap: bar(later, sooner),
  };
}
