import Ban from "@lucide/svelte/icons/ban";
import Check from "@lucide/svelte/icons/check";
import CheckCheck from "@lucide/svelte/icons/check-check";
import Circle from "@lucide/svelte/icons/circle";
import CircleDot from "@lucide/svelte/icons/circle-dot";
import Coins from "@lucide/svelte/icons/coins";
import Play from "@lucide/svelte/icons/play";
import Square from "@lucide/svelte/icons/square";
import TriangleAlert from "@lucide/svelte/icons/triangle-alert";
import X from "@lucide/svelte/icons/x";
import type { Component } from "svelte";
import type { AgendaCard } from "$lib/desk";
import { m } from "$lib/texts";

/** A status as it is seen: edge pattern by class, icon, word. Never colour alone. */
export interface Look {
  css: string;
  icon: Component<{ class?: string; "aria-hidden"?: "true" }>;
  filled?: boolean;
  word: () => string;
}

const looks = {
  scheduled: { css: "scheduled", icon: Circle, word: () => m.agenda_status_scheduled() },
  confirmed: { css: "confirmed", icon: Check, word: () => m.agenda_status_confirmed() },
  checked_in: { css: "arrived", icon: CircleDot, word: () => m.agenda_status_checked_in() },
  in_progress: { css: "room", icon: Play, filled: true, word: () => m.agenda_status_in_progress() },
  completed: { css: "finished", icon: Square, filled: true, word: () => m.agenda_status_completed() },
  to_bill: { css: "bill", icon: Coins, word: () => m.agenda_status_to_bill() },
  paid: { css: "paid", icon: CheckCheck, word: () => m.agenda_status_paid() },
  no_show: { css: "noshow", icon: X, word: () => m.agenda_status_no_show() },
  cancelled: { css: "cancelled", icon: Ban, word: () => m.agenda_status_cancelled() },
  conflict: { css: "conflict", icon: TriangleAlert, word: () => m.agenda_conflict() },
} satisfies Record<string, Look>;

/** What a card looks like: a contested claim stands before its status, what is due for a visit before "finished". */
export function lookOf(card: Pick<AgendaCard, "status" | "money" | "claim">): Look {
  if (card.claim === "contested" && (card.status === "scheduled" || card.status === "confirmed")) return looks.conflict;
  if (card.status === "completed") {
    if (card.money === "paid") return looks.paid;
    return card.money === "to_bill" || card.money === "unpaid" ? looks.to_bill : looks.completed;
  }
  return looks[card.status];
}
