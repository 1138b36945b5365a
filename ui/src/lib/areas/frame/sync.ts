import type { SyncStatus } from "$lib/desk";

const hour = 3_600_000;

/** The pill's face. Being offline is no accident: it warms only after a day and warns after three. */
export function faceOf(
  status: SyncStatus,
  now: number,
): "local" | "ok" | "waiting" | "off" | "late" | "overdue" | "need" {
  if (status.cards > 0 || status.state === "needs_you") return "need";
  if (status.state === "no_server") return "local";
  if (status.state === "up_to_date") return "ok";
  if (status.state === "waiting") return "waiting";
  const away = status.offline_since ? now - Date.parse(status.offline_since) : 0;
  if (away >= 72 * hour) return "overdue";
  return away >= 24 * hour ? "late" : "off";
}
