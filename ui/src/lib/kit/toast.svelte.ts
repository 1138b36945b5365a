/** What was just done, and how to take it back; one at a time, never for errors. */
export interface Shown {
  text: string;
  undo?: () => void;
}

class Toasts {
  shown = $state<Shown | undefined>();
  turn = $state(0);

  show(text: string, undo?: () => void): void {
    this.shown = undo ? { text, undo } : { text };
    this.turn += 1;
  }

  close(): void {
    this.shown = undefined;
  }

  undo(): void {
    const undo = this.shown?.undo;
    this.close();
    undo?.();
  }
}

export const toasts = new Toasts();
