import { m } from "$lib/paraglide/messages";

const words: Record<string, () => string> = {
  scheduled: () => m.agenda_status_scheduled(),
  confirmed: () => m.agenda_status_confirmed(),
  checked_in: () => m.agenda_status_checked_in(),
  in_progress: () => m.agenda_status_in_progress(),
  completed: () => m.agenda_status_completed(),
  cancelled: () => m.agenda_status_cancelled(),
  no_show: () => m.agenda_status_no_show(),
  moved: () => m.agenda_status_moved(),
};

/** The staff's word for a status code; an unknown one is shown as it came. */
export const statusWord = (code: string): string => words[code]?.() ?? code;
