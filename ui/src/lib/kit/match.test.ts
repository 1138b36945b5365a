import { describe, expect, it } from "vitest";
import { match } from "./match";

const hits = (text: string, query: string) =>
  match(text, query)
    ?.filter((piece) => piece.hit)
    .map((piece) => piece.text);

describe("matching as people type", () => {
  it("finds the beginnings of any words, in any order", () => {
    expect(hits("Mariana Silva Costa", "mar sil")).toEqual(["Mar", "Sil"]);
    expect(hits("Mariana Silva Costa", "cos mar")).toEqual(["Mar", "Cos"]);
  });
  it("folds accents and case on both sides and keeps the text whole", () => {
    expect(hits("Íris Gonçalves", "iris goncal")).toEqual(["Íris", "Gonçal"]);
    expect(
      match("Conceição", "conceicao")
        ?.map((piece) => piece.text)
        .join(""),
    ).toBe("Conceição");
  });
  it("needs every word of the query", () => {
    expect(match("Mariana Silva", "mar zzz")).toBeUndefined();
    expect(match("Ana", "ana ana")).toBeUndefined();
  });
  it("does not match inside a word", () => {
    expect(match("Mariana", "ana")).toBeUndefined();
  });
});
