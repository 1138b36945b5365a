import { beforeEach, describe, expect, it, vi } from "vitest";
import { Wait } from "./wait.svelte";

const locked = (wait_seconds: number) => ({ code: "locked_out", data: { wait_seconds } });

describe("the wait after a wrong password", () => {
  beforeEach(() => void vi.useFakeTimers());

  it("counts whole seconds down, then tries once", () => {
    const wait = new Wait();
    const again = vi.fn();
    wait.after(locked(3), again);
    const seen = [wait.left];
    for (let second = 0; second < 3; second += 1) {
      expect(again).not.toHaveBeenCalled();
      vi.advanceTimersByTime(1000);
      seen.push(wait.left);
    }
    expect(seen).toEqual([3, 2, 1, 0]);
    vi.advanceTimersByTime(10_000);
    expect(again).toHaveBeenCalledTimes(1);
  });

  it("is over when cancelled, and never tries", () => {
    const wait = new Wait();
    const again = vi.fn();
    wait.after(locked(2), again);
    wait.cancel();
    vi.advanceTimersByTime(5000);
    expect(wait.left).toBe(0);
    expect(again).not.toHaveBeenCalled();
  });

  it("leaves the trying to somebody when it was long", () => {
    const wait = new Wait();
    const again = vi.fn();
    wait.after(locked(900), again);
    expect(wait.long).toBe(true);
    vi.advanceTimersByTime(901_000);
    expect(wait.left).toBe(0);
    expect(again).not.toHaveBeenCalled();
  });

  it("does not begin for another refusal, and ends the one that ran", () => {
    const wait = new Wait();
    const again = vi.fn();
    wait.after(locked(2), again);
    wait.after({ code: "wrong_password", data: {} }, again);
    vi.advanceTimersByTime(5000);
    expect(wait.left).toBe(0);
    expect(again).not.toHaveBeenCalled();
  });
});
