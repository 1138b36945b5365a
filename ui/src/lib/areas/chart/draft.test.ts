import { beforeEach, describe, expect, it, vi } from "vitest";

const [call, askAgain] = vi.hoisted(() => [vi.fn(), vi.fn()]);
vi.mock("$lib/desk", () => ({ askAgain, call }));
const { NoteDraft } = await import("./draft.svelte");

const begin = { title: "Evolução", kind: "progress_note" as const, body: "" };

describe("a note being written", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    call.mockReset();
    askAgain.mockReset();
    call.mockImplementation((name: string) =>
      Promise.resolve(name === "chart.save_note" ? { id: "note" } : { id: "draft", saved_at: "2026-11-18T13:00:00Z" }),
    );
  });

  it("is kept two seconds after the first letter, once for all that was typed", async () => {
    const draft = new NoteDraft("p", begin);
    for (const letter of "abc") {
      draft.body += letter;
      draft.typed();
    }
    await vi.advanceTimersByTimeAsync(1999);
    expect(call).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(call).toHaveBeenCalledTimes(1);
    expect(call.mock.calls[0]?.[1]).toMatchObject({ patient_id: "p", body: "abc" });
    expect(draft.id).toBe("draft");
  });

  it("is kept when the screen is left, and asked for anew by whoever comes back", async () => {
    const draft = new NoteDraft("p", begin);
    draft.body = "meio";
    draft.typed();
    draft.leave();
    await vi.advanceTimersByTimeAsync(0);
    expect(call).toHaveBeenCalledTimes(1);
    expect(askAgain.mock.calls.at(-1)).toEqual(["chart.open", { patient_id: "p" }]);
    expect(askAgain.mock.invocationCallOrder.at(-1)).toBeGreaterThan(call.mock.invocationCallOrder[0] ?? Infinity);
  });

  it("keeps the last letters before it becomes a record", async () => {
    const draft = new NoteDraft("p", begin);
    draft.body = "tudo";
    draft.typed();
    await draft.save();
    expect(call.mock.calls.map(([name]) => name as string)).toEqual(["chart.draft_note", "chart.save_note"]);
    expect(call.mock.calls[0]?.[1]).toMatchObject({ body: "tudo" });
  });

  it("stays waiting when keeping failed, and does not become a record", async () => {
    call.mockRejectedValueOnce(new Error("disk"));
    const draft = new NoteDraft("p", begin);
    draft.body = "x";
    draft.typed();
    await expect(draft.save()).rejects.toThrow("disk");
    expect(draft.waiting).toBe(true);
    expect(call).toHaveBeenCalledTimes(1);
  });
});
