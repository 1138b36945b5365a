import { describe, expect, it } from "vitest";
import type { SyncStatus } from "$lib/desk";
import { alarmText, faceOf } from "./sync";

const status = (more: Partial<SyncStatus>): SyncStatus => ({
  state: "up_to_date",
  server: "https://praxis.example",
  pending: 0,
  acknowledged_at: null,
  offline_since: null,
  quarantined: [],
  cards: 0,
  shut: null,
  alarm: null,
  server_restored: false,
  clock_off_minutes: null,
  ...more,
});
const now = Date.parse("2026-11-18T12:00:00Z");

describe("the sync pill", () => {
  it("warms with the time away, not with being away", () => {
    expect(faceOf(status({ state: "offline", offline_since: "2026-11-18T11:00:00Z" }), now)).toBe("off");
    expect(faceOf(status({ state: "offline", offline_since: "2026-11-17T11:59:00Z" }), now)).toBe("late");
    expect(faceOf(status({ state: "offline", offline_since: "2026-11-15T11:00:00Z" }), now)).toBe("overdue");
  });
  it("lets what needs somebody stand before everything else", () => {
    expect(faceOf(status({ state: "offline", offline_since: "2026-11-01T00:00:00Z", cards: 1 }), now)).toBe("need");
  });
  it("says what is missing and where it may be", () => {
    const alarm = { what: "gone" as const, changes: 3, at_server: null };
    expect(alarmText(status({}))).toBeUndefined();
    expect(faceOf(status({ state: "no_server", server: null, alarm }), now)).toBe("need");
    expect(alarmText(status({ alarm }))?.what).toContain("3");
    const texts = [null, true, false].map((at_server) => alarmText(status({ alarm: { ...alarm, at_server } }))?.then);
    const alone = alarmText(status({ server: null, alarm: { ...alarm, at_server: false } }))?.then;
    expect(new Set([...texts, alone]).size).toBe(4);
    const other = alarmText(status({ alarm: { what: "forked", changes: 0, at_server: null } }))?.what;
    expect(other).not.toBe(alarmText(status({ alarm }))?.what);
  });
  it("is calm without a server", () => {
    expect(faceOf(status({ state: "no_server", server: null }), now)).toBe("local");
  });
});
