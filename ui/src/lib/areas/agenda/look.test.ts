import { describe, expect, it } from "vitest";
import { lookOf } from "./look";

const css = (status: string, money = "none", claim = "granted") => lookOf({ status, money, claim } as never).css;

describe("how a card looks", () => {
  it("shows the money of a finished visit before the visit", () => {
    expect(css("completed")).toBe("finished");
    expect(css("completed", "to_bill")).toBe("bill");
    expect(css("completed", "unpaid")).toBe("bill");
    expect(css("completed", "paid")).toBe("paid");
    expect(css("completed", "agreed")).toBe("finished");
  });
  it("shows a contested slot only while it can still be moved", () => {
    expect(css("confirmed", "none", "contested")).toBe("conflict");
    expect(css("in_progress", "none", "contested")).toBe("room");
    expect(css("cancelled", "none", "contested")).toBe("cancelled");
  });
  it("gives each status a look of its own", () => {
    const all = ["scheduled", "confirmed", "checked_in", "in_progress", "cancelled", "no_show"].map((status) =>
      css(status),
    );
    expect(new Set(all).size).toBe(all.length);
  });
});
