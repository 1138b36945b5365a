import { describe, expect, it } from "vitest";
import { picture } from "./picture";

const first = { start: "2026-11-18T13:30", end: "2026-11-18T14:30" };
const second = { start: "2026-11-18T13:45", end: "2026-11-18T14:30" };

describe("the picture of two bookings", () => {
  it("leaves half an hour of air and marks each half hour", () => {
    const shown = picture([first, second], first, second);
    expect(shown.marks.map((mark) => mark.text)).toEqual(["13:00", "13:30", "14:00", "14:30", "15:00"]);
    expect(shown.bar(first.start, first.end)).toEqual({ left: 0.25, width: 0.5 });
  });
  it("shades exactly the minutes they share", () => {
    const shown = picture([first, second], first, second);
    expect(shown.overlap.left).toBeCloseTo(45 / 120);
    expect(shown.overlap.width).toBeCloseTo(45 / 120);
  });
});
