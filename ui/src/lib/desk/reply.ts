import type { Topic } from "./shapes";

/** What crosses the door. */
export type Reply =
  | { done: { value: unknown; touched: Topic[] } }
  | { refused: { reason: { code: string } & Record<string, unknown> } }
  | { failed: { ticket: string } };

/** The core understood and said no. `code` is for a text, `data` for its gaps. */
export class Refused extends Error {
  readonly code: string;
  readonly data: Record<string, unknown>;

  constructor(reason: { code: string } & Record<string, unknown>) {
    super(reason.code);
    this.name = "Refused";
    this.code = reason.code;
    this.data = reason;
  }
}

/** Something broke inside; the ticket finds it in the local log. */
export class Failed extends Error {
  readonly ticket: string;

  constructor(ticket: string) {
    super(`failed, ticket ${ticket}`);
    this.name = "Failed";
    this.ticket = ticket;
  }
}

/** The value of a reply, or the refusal or failure thrown. */
export function unwrap(reply: Reply): { value: unknown; touched: Topic[] } {
  if ("done" in reply) return reply.done;
  if ("refused" in reply) throw new Refused(reply.refused.reason);
  if ("failed" in reply) throw new Failed(reply.failed.ticket);
  throw new Failed("unreadable reply");
}
