import { call, kept } from "./call";
import type { DeskStatus, Session } from "./shapes";

/** Who is at this desk and what is open; the one state every area may read. */
class Desk {
  status = $state<DeskStatus | undefined>();
  session = $state<Session | undefined>();
  /** The host did not answer at all. */
  unreachable = $state<unknown>();

  async look(): Promise<void> {
    try {
      this.status = await call("system.status", {});
      this.session = this.status.session ?? undefined;
      this.unreachable = undefined;
    } catch (problem) {
      this.unreachable = problem;
    }
  }

  enter(session: Session): void {
    kept.clear();
    this.session = session;
  }

  async leave(): Promise<void> {
    await call("system.sign_out", {});
    this.session = undefined;
    kept.clear();
    await this.look();
  }

  /** The clinic's civil date; screens are shown inside a session only. */
  get today(): string {
    return this.session?.today ?? "1970-01-01";
  }

  may(permission: string): boolean {
    return this.session?.permissions.includes(permission) ?? false;
  }
}

export const desk = new Desk();
