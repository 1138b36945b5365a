import { describe, expect, it } from "vitest";
import { spoken } from "./language.svelte";

describe("a language tag", () => {
  it("is read in the language we have, whatever its country", () => {
    expect(["pt-PT", "pt", "es-PY", "en-US"].map(spoken)).toEqual(["pt-BR", "pt-BR", "es", "en"]);
    expect(spoken("fr-FR")).toBeUndefined();
  });
});
