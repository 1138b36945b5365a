import { describe, expect, it } from "vitest";
import { compareAmounts, parseAmount, subtractAmounts } from "./amount";

describe("amounts as people type them", () => {
  it("reads both ways of writing decimals and groups", () => {
    expect(parseAmount("1.000,50")).toBe("1000.50");
    expect(parseAmount("1,000.50")).toBe("1000.50");
    expect(parseAmount("1000,5")).toBe("1000.50");
    expect(parseAmount("180")).toBe("180.00");
    expect(parseAmount("1.000")).toBe("1000.00");
    expect(parseAmount("12.345.678,90")).toBe("12345678.90");
    expect(parseAmount(",5")).toBe("0.50");
    expect(parseAmount("R$ 1 234,00")).toBe("1234.00");
  });
  it("refuses what is no amount", () => {
    for (const text of ["", "abc", "1,23,4", "12.34.5", "1.0000", "-5", "10,"])
      expect(parseAmount(text), text).toBeUndefined();
  });
  it("knows currencies without decimals", () => {
    expect(parseAmount("150.000", 0)).toBe("150000");
    expect(parseAmount("150.50", 0)).toBeUndefined();
  });
});

describe("reckoning without floats", () => {
  it("compares and subtracts exactly", () => {
    expect(compareAmounts("0.3", "0.30")).toBe(0);
    expect(compareAmounts("9.99", "10")).toBe(-1);
    expect(subtractAmounts("3155.00", "1000.00")).toBe("2155.00");
    expect(subtractAmounts("0.10", "0.30")).toBe("-0.20");
    expect(subtractAmounts("90071992547409.93", "0.01")).toBe("90071992547409.92");
  });
});
