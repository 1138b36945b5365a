import { describe, expect, it } from "vitest";
import { emptyValues, toAmend, toRegister } from "./values";

const person = { ...emptyValues(), given: "Ana", family: "Luz", phone: "(11) 95555-0142", document: "123.456.789-09" };

describe("what crosses to the core", () => {
  it("leaves out what was not filled in", () => {
    expect(toRegister({ ...emptyValues(), given: " Ana ", phone: " " })).toEqual({ given: "Ana", sex: "unknown" });
    expect(toRegister(person)).toMatchObject({ identifier: { type: "cpf", value: "123.456.789-09" }, family: "Luz" });
  });
  it("sends only what changed, and null for what was emptied", () => {
    expect(toAmend(person, { ...person })).toEqual({});
    expect(toAmend(person, { ...person, phone: "", family: "Luz Prado" })).toEqual({
      phone: null,
      family: "Luz Prado",
    });
    expect(toAmend(person, { ...person, document: "" })).toEqual({ identifier: null });
  });
  it("sends the document again when only its kind changed", () => {
    expect(toAmend(person, { ...person, document_type: "passport" })).toEqual({
      identifier: { type: "passport", value: "123.456.789-09" },
    });
  });
});
