import { askAgain, call, type Draft, type Input } from "$lib/desk";

type Kind = Input<"chart.draft_note">["kind"];

type Begin = { draft_id?: string; amends?: string; encounter_id?: string; title: string; kind: Kind; body: string };

/**
 * A note being written. What is typed is kept by the core two seconds later, in a table of this desk that survives a
 * crash; nothing is a record until it is saved. Keeping is never run twice at a time, so that the last text wins.
 */
export class NoteDraft {
  id = $state<string | undefined>();
  title = $state("");
  body = $state("");
  readonly kind: Kind;
  readonly amends: string | undefined;
  readonly #patient: string;
  readonly #encounter: string | undefined;
  keptAt = $state<string | undefined>();
  problem = $state<unknown>();
  #dirty = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  readonly #wait: number;

  constructor(patient: string, begin: Begin, wait = 2000) {
    this.#patient = patient;
    this.id = begin.draft_id;
    this.amends = begin.amends;
    this.#encounter = begin.encounter_id;
    this.title = begin.title;
    this.kind = begin.kind;
    this.body = begin.body;
    this.#wait = wait;
  }

  static from(draft: Draft): NoteDraft {
    return new NoteDraft(draft.patient_id, {
      draft_id: draft.id,
      ...(draft.amends ? { amends: draft.amends } : {}),
      ...(draft.encounter_id ? { encounter_id: draft.encounter_id } : {}),
      title: draft.title,
      kind: draft.kind as Kind,
      body: draft.body,
    });
  }

  get waiting(): boolean {
    return this.#dirty;
  }

  /** Called with every letter. */
  typed(): void {
    this.#dirty = true;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.keep();
    }, this.#wait);
  }

  /** Keeps what is there now; after it the core has every letter typed before the call. */
  async keep(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#running) await this.#running;
    if (!this.#dirty && this.id) return;
    this.#dirty = false;
    this.#running = this.#send();
    await this.#running;
  }

  async #send(): Promise<void> {
    try {
      const kept = await call("chart.draft_note", {
        ...(this.id ? { draft_id: this.id } : {}),
        patient_id: this.#patient,
        ...(this.#encounter ? { encounter_id: this.#encounter } : {}),
        ...(this.amends ? { amends: this.amends } : {}),
        title: this.title,
        kind: this.kind,
        body: this.body,
      });
      this.id = kept.id;
      this.keptAt = kept.saved_at;
      this.problem = undefined;
    } catch (refusal) {
      this.#dirty = true;
      this.problem = refusal;
    } finally {
      this.#running = undefined;
    }
  }

  /** Makes it a record. Throws what the core refused. */
  async save(): Promise<string> {
    await this.keep();
    if (this.problem) throw this.problem;
    const note = await call("chart.save_note", { draft_id: this.id ?? "" });
    return note.id;
  }

  /** Leaving the screen keeps what is typed, at once; whoever comes back is shown it. */
  leave(): void {
    clearTimeout(this.#timer);
    const forget = () => askAgain("chart.open", { patient_id: this.#patient });
    if (this.#dirty && this.body.trim()) void this.keep().then(forget);
    forget();
  }
}
