import type { AgendaCard } from "$lib/desk";
import { minutesOf, type Placed } from "$lib/kit";
import { clock } from "$lib/texts";
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

/** The whole card in one line, beginning with the name it shows: for those who hear or speak to it. */
export const cardName = (card: AgendaCard): string =>
  [
    card.patient.name,
    `${clock(card.start)}–${clock(card.end)}`,
    card.service?.name,
    card.practitioner,
    lookOf(card).word(),
  ]
    .filter(Boolean)
    .join(" · ");
