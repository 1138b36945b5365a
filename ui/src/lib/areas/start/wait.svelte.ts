/** Longest wait after which the screen tries by itself: beyond it whoever typed may have left the desk. */
const LONGEST_ALONE = 60;

/** The wait that follows a wrong password: it counts down, and then tries again by itself. */
export class Wait {
  /** Whole seconds left; 0 when nobody waits. */
  left = $state(0);
  /** At the end somebody must try again; it was too long to go on alone. */
  long = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Waits what a refusal asks for, then calls `again`; any other problem waits for nothing. */
  after(problem: { code: string; data: Record<string, unknown> } | undefined, again: () => void): void {
    this.cancel();
    if (problem?.code !== "locked_out") return;
    const seconds = Number(problem.data["wait_seconds"]);
    const end = performance.now() + seconds * 1000;
    this.long = seconds > LONGEST_ALONE;
    const step = () => {
      const rest = end - performance.now();
      this.left = Math.max(0, Math.ceil(rest / 1000));
      this.#timer = this.left > 0 ? setTimeout(step, rest % 1000 || 1000) : undefined;
      if (this.left === 0 && !this.long) again();
    };
    step();
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.left = 0;
  }
}
