import { expect, it, vi } from "vitest";

vi.mock("$lib/desk", async () => await import("../../desk/reply"));
const { lineReason } = await import("./imported");

it("says in words why a line is not taken, with the detail behind the colon", () => {
  expect(lineReason("duplicate_in_file:12")).toBe("Repete a linha 12 da planilha.");
  expect(lineReason("identifier_invalid:25")).toContain("25");
  for (const code of [
    "quote_unclosed",
    "text_too_long",
    "text_unreadable",
    "birth_date_invalid",
    "name_missing",
    "phone_invalid",
    "email_invalid",
  ])
    expect(lineReason(code), code).not.toContain(code);
});
