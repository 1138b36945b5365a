import { describe, expect, it } from "vitest";
import { blockedBy, closed, isOpen, lanes, minutesOf, shownHours, snap, timeOf } from "./geometry";

const card = (id: string, start: number, end: number, column = "a") => ({ id, column, start, end });

describe("lanes", () => {
  it("gives a card that stands alone the whole column", () => {
    expect(lanes([card("1", 0, 60)]).get("1")).toEqual({ x: 0, w: 1 });
  });
  it("does not take touching ends for an overlap", () => {
    const placed = lanes([card("1", 0, 60), card("2", 60, 90)]);
    expect(placed.get("2")).toEqual({ x: 0, w: 1 });
  });
  it("puts overlapping cards side by side and reuses a lane that is free again", () => {
    const placed = lanes([card("1", 0, 60), card("2", 30, 120), card("3", 60, 90)]);
    expect(placed.get("1")).toEqual({ x: 0, w: 0.5 });
    expect(placed.get("2")).toEqual({ x: 0.5, w: 0.5 });
    expect(placed.get("3")).toEqual({ x: 0, w: 0.5 });
  });
  it("keeps columns apart", () => {
    expect(lanes([card("1", 0, 60, "a"), card("2", 0, 60, "b")]).get("2")).toEqual({ x: 0, w: 1 });
  });
});

describe("hours", () => {
  it("finds what is closed between and around the open spans", () => {
    expect(
      closed(
        [
          { start: 840, end: 1080 },
          { start: 540, end: 720 },
        ],
        480,
        1140,
      ),
    ).toEqual([
      { start: 480, end: 540 },
      { start: 720, end: 840 },
      { start: 1080, end: 1140 },
    ]);
    expect(closed([], 480, 1140)).toEqual([{ start: 480, end: 1140 }]);
    expect(closed([{ start: 0, end: 1440 }], 480, 1140)).toEqual([]);
  });
  it("shows whole hours, wide enough for a card outside them", () => {
    expect(shownHours([{ start: 445, end: 500 }])).toEqual({ from: 420, to: 1140 });
    expect(shownHours([{ start: 1100, end: 1215 }])).toEqual({ from: 480, to: 1260 });
  });
  it("reads and writes times", () => {
    expect(minutesOf("10:45")).toBe(645);
    expect(timeOf(645)).toBe("10:45");
    expect(minutesOf(timeOf(5))).toBe(5);
  });
});

describe("placing", () => {
  it("snaps inside the day", () => {
    expect(snap(487, 15, 480, 1140)).toBe(480);
    expect(snap(488, 15, 480, 1140)).toBe(495);
    expect(snap(9999, 15, 480, 1140)).toBe(1125);
  });
  it("says what is in the way, never the card itself", () => {
    const cards = [card("1", 600, 660), card("2", 660, 720)];
    expect(blockedBy(cards, "a", 630, 690, "1")?.id).toBe("2");
    expect(blockedBy(cards, "a", 600, 660, "1")).toBeUndefined();
    expect(blockedBy(cards, "b", 600, 660)).toBeUndefined();
  });
  it("knows the open hours", () => {
    expect(isOpen([{ start: 540, end: 720 }], 690, 720)).toBe(true);
    expect(isOpen([{ start: 540, end: 720 }], 690, 735)).toBe(false);
  });
});
