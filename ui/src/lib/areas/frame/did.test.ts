import { describe, expect, it, vi } from "vitest";

vi.mock("$lib/desk", () => ({}));
const { whatWasDone } = await import("./did");

describe("what was done", () => {
  it("is said in words, never by a command's name", () => {
    expect(whatWasDone("people.register")).toBe("Cadastro de paciente");
    expect(whatWasDone("brand.new")).toBe("Mudança");
  });
});
