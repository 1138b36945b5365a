import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";

vi.mock("$lib/desk", async () => await import("../desk/reply"));
const { Failed, Refused } = await import("../desk/reply");
const { about, apartFrom, knownCodes, say } = await import("./refusals");

/** Every code that a command may refuse with, as the core wrote them down. */
const given = new Set(
  [...readFileSync(new URL("../desk/bindings.ts", import.meta.url), "utf8").matchAll(/"code": "(\w+)"/g)].map(
    ([, code]) => code ?? "",
  ),
);

describe("refusals in words", () => {
  it("has a text for every code of the core, and none for a code that nobody gives", () => {
    expect(given.size).toBeGreaterThan(50);
    expect([...given].filter((code) => !knownCodes.includes(code))).toEqual([]);
    expect(knownCodes.filter((code) => !given.has(code))).toEqual([]);
  });
  it("has a text for every code it knows, that is not the fallback", () => {
    for (const code of knownCodes) {
      const text = say(new Refused({ code }));
      expect(text.length, code).toBeGreaterThan(5);
      expect(text, code).not.toContain(`(código ${code})`);
    }
  });
  it("says an unknown code with the code", () => {
    expect(say(new Refused({ code: "brand_new" }))).toContain("brand_new");
    expect(say(new Failed("T-42"))).toContain("T-42");
  });
  it("names what is in the way", () => {
    const text = say(
      new Refused({
        code: "overlaps",
        resource: "Dra. Camila",
        with: [{ appointment_id: "1", patient: "Ana Luz", start: "2026-11-18T10:00", end: "2026-11-18T10:45" }],
      }),
    );
    expect(text).toBe("Dra. Camila já tem Ana Luz das 10:00 às 10:45.");
  });
  it("names a field by its label, and none by the core's word", () => {
    const long = (field: string) => say(new Refused({ code: "text_too_long", field, most: 300 }));
    expect(long("preferred_name")).toBe("“Nome social” tem texto demais: no máximo 300 caracteres. Encurte-o.");
    expect(long("brand_new")).toBe("O texto é longo demais: no máximo 300 caracteres. Encurte-o.");
    expect(say(new Refused({ code: "text_unreadable", field: "notes" }))).toContain("“Observações”");
  });
  it("goes to the field that can mend it, or beside the form, never to both", () => {
    const problem = new Refused({ code: "phone_invalid" });
    expect(about(problem, "phone_invalid")).toBeDefined();
    expect(apartFrom(problem, "phone_invalid")).toBeUndefined();
    expect(about(problem, "name_missing")).toBeUndefined();
    expect(apartFrom(problem, "name_missing")).toBeDefined();
  });
});
