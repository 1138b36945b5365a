import { untrack } from "svelte";
import { wallOf } from "./format";

/**
 * The time as the core tells it, moved on by this page's own clock. The core's answer is the base, so a window whose
 * system clock is wrong still shows the day the core works in.
 */
class CoreClock {
  #base = 0;
  #heardAt = 0;
  #tick = $state(0);
  #ticking = false;

  start(now: string): void {
    this.#base = Date.parse(now);
    this.#heardAt = performance.now();
    untrack(() => (this.#tick += 1));
    if (this.#ticking) return;
    this.#ticking = true;
    setInterval(() => (this.#tick += 1), 10_000);
  }

  /** Milliseconds since 1970; changes every ten seconds. */
  get now(): number {
    return this.#tick >= 0 ? this.#base + (performance.now() - this.#heardAt) : 0;
  }

  /** "2026-11-18T10:42" in the clinic's zone. */
  get wall(): string {
    return wallOf(this.now);
  }

  /** Whole minutes since an instant, never negative. */
  since(instant: string): number {
    return Math.max(0, Math.floor((this.now - Date.parse(instant)) / 60_000));
  }
}

export const coreClock = new CoreClock();
