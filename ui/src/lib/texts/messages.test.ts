import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const root = new URL("../../../messages/", import.meta.url);
const languages = ["pt-BR", "es", "en"];
const areas = readdirSync(root);
const read = (area: string, language: string): Record<string, string> => {
  const all = JSON.parse(readFileSync(new URL(`${area}/${language}.json`, root), "utf8")) as Record<string, string>;
  return Object.fromEntries(Object.entries(all).filter(([key]) => !key.startsWith("$")));
};
const gaps = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "").sort();

describe.each(areas)("the texts of %s", (area) => {
  const [base = {}, ...others] = languages.map((language) => read(area, language));

  it("exist in all three languages", () => {
    for (const other of others) expect(Object.keys(other).sort()).toEqual(Object.keys(base).sort());
  });
  it("have the same gaps in every language, and say something", () => {
    for (const all of [base, ...others])
      for (const [key, text] of Object.entries(all)) {
        expect(text.trim(), key).not.toBe("");
        expect(gaps(text), key).toEqual(gaps(base[key] ?? ""));
      }
  });
  it("carry their area's name", () => {
    for (const key of Object.keys(base)) expect(key.startsWith(`${area}_`), key).toBe(true);
  });
});

it("are all known to the compiler", () => {
  const settings = readFileSync(new URL("../project.inlang/settings.json", root), "utf8");
  for (const area of areas) expect(settings).toContain(`./messages/${area}/{locale}.json`);
});
