import { describe, expect, it } from "vitest";
import { Failed, Refused, unwrap } from "./reply";

describe("unwrap", () => {
  it("hands on the value and what it touched", () => {
    expect(unwrap({ done: { value: 7, touched: ["agenda"] } })).toEqual({ value: 7, touched: ["agenda"] });
  });
  it("throws a refusal with its data", () => {
    try {
      unwrap({ refused: { reason: { code: "overlaps", resource: "Sala 1" } } });
      expect.unreachable("a refusal must throw");
    } catch (problem) {
      expect(problem).toBeInstanceOf(Refused);
      expect((problem as Refused).code).toBe("overlaps");
      expect((problem as Refused).data["resource"]).toBe("Sala 1");
    }
  });
  it("throws a failure with its ticket, also for an unreadable reply", () => {
    expect(() => unwrap({ failed: { ticket: "T1" } })).toThrow(Failed);
    expect(() => unwrap({} as never)).toThrow(Failed);
  });
});
