import { describe, expect, it } from "vitest";
import { capOf, nameOf } from "./keys.svelte";

const press = (key: string, more: Partial<Record<"ctrlKey" | "altKey" | "shiftKey" | "metaKey", boolean>> = {}) =>
  nameOf({ key, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...more });

describe("names of keys", () => {
  it("writes chords in one order and letters large", () => {
    expect(press("k", { ctrlKey: true })).toBe("Ctrl+K");
    expect(press("ArrowUp", { altKey: true, shiftKey: true })).toBe("Alt+Shift+ArrowUp");
    expect(press("t")).toBe("T");
    expect(press(" ")).toBe("Space");
  });
  it("takes the shift of a sign as part of the sign, wherever the keyboard puts it", () => {
    expect(press("?", { shiftKey: true })).toBe("?");
    expect(press("?")).toBe("?");
    expect(press("A", { shiftKey: true })).toBe("Shift+A");
  });
  it("shows short caps", () => {
    const run = () => undefined;
    expect(capOf({ key: "Ctrl+Enter", run })).toBe("Ctrl Enter");
    expect(capOf({ key: "Delete", run })).toBe("Del");
    expect(capOf({ key: "ArrowUp", cap: "↑", run })).toBe("↑");
  });
});
