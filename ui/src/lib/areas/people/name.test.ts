import { describe, expect, it } from "vitest";
import { splitName } from "./name";

describe("a name typed in one field", () => {
  it("is given name and family", () => {
    expect(splitName("  ana   paula da luz ")).toEqual({ given: "Ana", family: "Paula da Luz" });
    expect(splitName("Íris")).toEqual({ given: "Íris" });
  });
  it("keeps capitals somebody chose", () => {
    expect(splitName("Maria DiCaprio")).toEqual({ given: "Maria", family: "DiCaprio" });
  });
});
