import type { AgendaCard } from "$lib/desk";

/** What a booking begins with; whatever is known is filled in. */
export interface BookingStart {
  patient?: { id: string; name: string };
  /** A name being typed already. */
  text?: string;
  start?: string;
  resource_id?: string;
}

/** What stays open across screens: patients at hand, the booking at the side, the cut appointment, the palette. */
class Workbench {
  patients = $state<{ id: string; name: string }[]>([]);
  booking = $state<BookingStart | undefined>();
  /** Counts bookings begun, so that a new one never inherits the fields of the last. */
  bookingTurn = $state(0);
  walkIn = $state(false);
  palette = $state(false);
  paletteText = $state("");
  cut = $state<AgendaCard | undefined>();
  /** The person the screen is about, for F2, F9 and the palette. */
  person = $state<{ id: string; name: string } | undefined>();

  /** Up to five patients stay at hand; the one longest unseen gives way. */
  visit(patient: { id: string; name: string }): void {
    this.person = patient;
    const at = this.patients.findIndex((one) => one.id === patient.id);
    if (at >= 0) {
      if (this.patients[at]?.name !== patient.name) this.patients[at] = patient;
      return;
    }
    this.patients = [patient, ...this.patients].slice(0, 5);
  }

  drop(id: string): void {
    this.patients = this.patients.filter((one) => one.id !== id);
  }

  book(start: BookingStart = {}): void {
    this.booking = start;
    this.bookingTurn += 1;
  }

  clear(): void {
    this.patients = [];
    this.booking = undefined;
    this.cut = undefined;
    this.person = undefined;
    this.palette = false;
    this.walkIn = false;
  }
}

export const workbench = new Workbench();
