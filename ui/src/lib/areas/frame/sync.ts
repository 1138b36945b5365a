import type { SyncStatus } from "$lib/desk";
import { m } from "$lib/texts";

const hour = 3_600_000;

/** The pill's face. Being offline is no accident: it warms only after a day and warns after three. */
export function faceOf(
  status: SyncStatus,
  now: number,
): "local" | "ok" | "waiting" | "off" | "late" | "overdue" | "need" {
  if (status.cards > 0 || status.state === "needs_you" || status.alarm) return "need";
  if (status.state === "no_server") return "local";
  if (status.state === "up_to_date") return "ok";
  if (status.state === "waiting") return "waiting";
  const away = status.offline_since ? now - Date.parse(status.offline_since) : 0;
  if (away >= 72 * hour) return "overdue";
  return away >= 24 * hour ? "late" : "off";
}

/** What a person should know when the server does not accept this computer. */
export const shutOut: Record<NonNullable<SyncStatus["shut"]>, () => string> = {
  revoked: m.frame_sync_shut_revoked,
  forked: m.frame_sync_shut_forked,
  unknown: m.frame_sync_shut_unknown,
  other: m.frame_sync_shut_other,
};

export function clockOff(minutes: number): string {
  return minutes > 0
    ? m.frame_sync_clock_ahead({ minutes })
    : m.frame_sync_clock_behind({ minutes: Math.abs(minutes) });
}

const reasons: Record<string, () => string> = {
  malformed: m.frame_sync_reason_malformed,
  not_permitted: m.frame_sync_reason_not_permitted,
  unknown_record: m.frame_sync_reason_unknown_record,
  id_taken: m.frame_sync_reason_id_taken,
  fact_changed: m.frame_sync_reason_fact_changed,
  sealed: m.frame_sync_reason_sealed,
  sealed_unseen: m.frame_sync_reason_sealed_unseen,
  server_owned: m.frame_sync_reason_server_owned,
  claim_invalid: m.frame_sync_reason_claim_invalid,
};

/** Why the server keeps a change aside. A newer server may know reasons that have no words here yet. */
export function reasonOf(code: string): string {
  return (reasons[code] ?? (() => m.frame_sync_reason_other({ code })))();
}

/** What happened to the data of this computer, and what to do about it. */
export function alarmText(status: SyncStatus): { what: string; then: string } | undefined {
  const alarm = status.alarm;
  if (!alarm) return undefined;
  const gone = alarm.changes === 1 ? m.frame_alarm_gone_one() : m.frame_alarm_gone({ changes: alarm.changes });
  const what = alarm.what === "gone" ? gone : m.frame_alarm_forked();
  if (!status.server) return { what, then: m.frame_alarm_alone() };
  if (alarm.at_server === null) return { what, then: m.frame_alarm_unknown() };
  return { what, then: alarm.at_server ? m.frame_alarm_at_server() : m.frame_alarm_not_at_server() };
}
