import type { AgendaCard } from "$lib/desk";
import { minutesOf, type Placed } from "$lib/kit";
import { clock, m } from "$lib/texts";
import { lookOf } from "./look";

/** An appointment with its place in the grid. */
export interface GridCard extends Placed {
  card: AgendaCard;
}

/** A card that runs over midnight is cut at the end of the shown day. */
export function place(card: AgendaCard, column: string, date: string): GridCard {
  const start = card.start.startsWith(date) ? minutesOf(clock(card.start)) : 0;
  const end = card.end.startsWith(date) ? minutesOf(clock(card.end)) : 24 * 60;
  return { id: card.appointment_id, column, start, end: Math.max(end, start + 10), card };
}

/** Only what has not begun can move. */
export const isMovable = (card: AgendaCard): boolean => card.status === "scheduled" || card.status === "confirmed";

const isCut = (card: AgendaCard, cut: AgendaCard | undefined): boolean => cut?.appointment_id === card.appointment_id;

/** How a card looks: its status, whether it is known elsewhere, and whether it lies in the tray meanwhile. */
export const cardClass = (card: AgendaCard, cut?: AgendaCard): string =>
  ["st edge", lookOf(card).css, card.synced ? "" : "wait-sync", isCut(card, cut) ? "away" : ""]
    .filter(Boolean)
    .join(" ");

/** The whole card in one line, beginning with the name it shows: for those who hear or speak to it. */
export const cardName = (card: AgendaCard, cut?: AgendaCard): string =>
  [
    card.patient.name,
    `${clock(card.start)}–${clock(card.end)}`,
    card.service?.name,
    card.practitioner,
    lookOf(card).word(),
    isCut(card, cut) ? m.agenda_tray() : undefined,
  ]
    .filter(Boolean)
    .join(" · ");
