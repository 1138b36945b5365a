import { describe, expect, it } from "vitest";
import { parseDay, parseTime, writeDay } from "./dates";
import { monthDays, stepMonth } from "./month";

describe("days as people type them", () => {
  it("reads day first, with any separator, with two or four digits of the year", () => {
    expect(parseDay("18/11/2026")).toBe("2026-11-18");
    expect(parseDay("1.2.88")).toBe("1988-02-01");
    expect(parseDay("03-04-21")).toBe("2021-04-03");
    expect(parseDay("18112026")).toBe("2026-11-18");
    expect(parseDay("2026-11-18")).toBe("2026-11-18");
  });
  it("refuses days that do not exist", () => {
    expect(parseDay("31/02/2026")).toBeUndefined();
    expect(parseDay("29/02/2025")).toBeUndefined();
    expect(parseDay("29/02/2024")).toBe("2024-02-29");
    expect(parseDay("hoje")).toBeUndefined();
  });
  it("writes what it reads", () => {
    expect(parseDay(writeDay("2026-01-09"))).toBe("2026-01-09");
  });
});

describe("times", () => {
  it("reads short forms", () => {
    expect(parseTime("8")).toBe("08:00");
    expect(parseTime("0830")).toBe("08:30");
    expect(parseTime("8h30")).toBe("08:30");
    expect(parseTime("24:00")).toBeUndefined();
    expect(parseTime("8:75")).toBeUndefined();
  });
});

describe("a month's picture", () => {
  it("has 42 days and begins on the week's first day", () => {
    const monday = monthDays("2026-11", 1);
    expect(monday).toHaveLength(42);
    expect(monday[0]?.date).toBe("2026-10-26");
    expect(monthDays("2026-11", 0)[0]?.date).toBe("2026-11-01");
    expect(monday.filter((day) => day.inMonth)).toHaveLength(30);
  });
  it("steps over the year's end", () => {
    expect(stepMonth("2026-12", 1)).toBe("2027-01");
    expect(stepMonth("2026-01", -1)).toBe("2025-12");
  });
});
