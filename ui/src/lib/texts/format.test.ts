import { beforeEach, describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  amount,
  clock,
  dayAndMonth,
  dayRange,
  dueDay,
  isZero,
  money,
  monthTitle,
  secondsShort,
  shortDay,
  wallOf,
  weekStart,
  years,
} from "./format";
import { localeFor, showAs } from "./shown.svelte";

const clinic = { locale: "pt-BR", zone: "America/Sao_Paulo", currency: "BRL" };
beforeEach(() => showAs(clinic, "pt-BR"));

describe("amounts", () => {
  it("are written exactly, with a true minus", () => {
    expect(money({ amount: "1800.00", currency: "BRL" }).replace(/\u00a0/g, " ")).toBe("R$ 1.800,00");
    expect(amount({ amount: "90071992547409.93", currency: "BRL" })).toBe("90.071.992.547.409,93");
    expect(amount({ amount: "-115.00", currency: "BRL" })).toBe("\u2212115,00");
    expect(amount({ amount: "150000", currency: "PYG" })).toBe("150.000");
  });
  it("are zero whatever their decimals", () => {
    expect(isZero({ amount: "0.00" })).toBe(true);
    expect(isZero({ amount: "0" })).toBe(true);
    expect(isZero({ amount: "0.01" })).toBe(false);
  });
});

describe("the language of the screen", () => {
  const read = () => [
    money({ amount: "1800.00", currency: "BRL" }).replace(/\u00a0/g, " "),
    dayAndMonth("2026-11-18"),
    dueDay("2026-11-18"),
    monthTitle("2026-11-01"),
  ];

  it("writes dates and amounts, whatever the clinic's own is", () => {
    showAs(clinic, "en");
    expect(read()).toEqual(["R$1,800.00", "18 November", "Wed, 18 Nov 2026", "November 2026"]);
    showAs(clinic, "es");
    expect(read()).toEqual(["R$ 1.800,00", "18 de noviembre", "mié, 18 nov 2026", "Noviembre 2026"]);
  });
  it("leaves the clinic's country where they agree", () => {
    expect(localeFor("es", "es-MX")).toBe("es-MX");
    expect(localeFor("es", "es")).toBe("es-PY");
    expect(localeFor("en", "pt-BR")).toBe("en-GB");
  });
});

describe("days", () => {
  it("never move with the computer's zone", () => {
    expect(dayAndMonth("2026-11-18")).toBe("18 de novembro");
    expect(shortDay("2026-01-01", "2026-11-18")).toBe("1 jan");
    expect(monthTitle("2026-11-01")).toBe("Novembro 2026");
    expect(dayRange("2026-11-16", "2026-11-22", "2026-11-18")).toBe("16–22 nov");
    expect(dayRange("2026-12-28", "2027-01-03", "2026-11-18")).toBe("28 dez–3 jan 2027");
  });
  it("shows instants in the clinic's zone", () => {
    expect(wallOf("2026-11-18T02:30:00Z")).toBe("2026-11-17T23:30");
    expect(clock("2026-11-18T10:45")).toBe("10:45");
  });
  it("writes a wait as long as it is", () => {
    expect(secondsShort(8)).toBe("8 s");
    expect(secondsShort(860)).toBe("14 min 20 s");
  });
  it("writes an age with its own plural", () => {
    expect([1, 2, 38].map(years)).toEqual(["1 ano", "2 anos", "38 anos"]);
  });
  it("adds days and months as calendars do", () => {
    expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2026-11-18", 3)).toBe("2027-02-18");
    expect(weekStart("2026-11-18", 1)).toBe("2026-11-16");
    expect(weekStart("2026-11-15", 1)).toBe("2026-11-09");
    expect(weekStart("2026-11-15", 0)).toBe("2026-11-15");
  });
});
