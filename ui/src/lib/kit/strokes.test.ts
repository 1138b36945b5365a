import { describe, expect, it } from "vitest";
import { path, Strokes } from "./strokes";

describe("a signature", () => {
  it("is integers: hundredths of a pixel, milliseconds since the first touch", () => {
    const pad = new Strokes();
    pad.begin(10.126, 20.5, 5000.4);
    pad.go(11, 21.004, 5016.9);
    pad.begin(3, 4, 5600);
    expect(pad.list).toEqual([
      {
        points: [
          [1013, 2050, 0],
          [1100, 2100, 17],
        ],
      },
      { points: [[300, 400, 600]] },
    ]);
    expect(pad.list.flatMap((stroke) => stroke.points.flat()).every(Number.isInteger)).toBe(true);
  });
  it("leaves out points that do not move", () => {
    const pad = new Strokes();
    pad.begin(1, 1, 0);
    pad.go(1.001, 1, 5);
    expect(pad.list[0]?.points).toHaveLength(1);
  });
  it("takes back one stroke, and begins its clock anew when empty", () => {
    const pad = new Strokes();
    pad.begin(1, 1, 100);
    pad.begin(2, 2, 200);
    pad.undo();
    expect(pad.list).toHaveLength(1);
    pad.clear();
    pad.begin(5, 5, 900);
    expect(pad.list[0]?.points[0]?.[2]).toBe(0);
  });
  it("draws a dot for a touch and a curve for a stroke", () => {
    expect(path({ points: [[100, 200, 0]] })).toBe("M1 2h0.01");
    expect(
      path({
        points: [
          [0, 0, 0],
          [100, 0, 1],
          [100, 100, 2],
        ],
      }),
    ).toBe("M0 0Q1 0 1 0.5L1 1");
    expect(path({ points: [] })).toBe("");
  });
});
