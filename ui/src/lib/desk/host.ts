import type { Reply } from "./reply";
import type { Topic } from "./shapes";

/** Something changed in the folder, by us, by another window or by the network. */
export type Touched = { topics: Topic[]; progress?: { done: number; total: number } | null };

/** The process on the other side of the door: the real window, the test door, or the development fixture. */
export interface Host {
  call(name: string, input: unknown): Promise<Reply>;
  listen(heard: (touched: Touched) => void): void;
}

async function tauri(): Promise<Host> {
  const [{ invoke }, { listen }] = await Promise.all([import("@tauri-apps/api/core"), import("@tauri-apps/api/event")]);
  return {
    call: (name, input) => invoke<Reply>("call", { name, input }),
    listen: (heard) => void listen<Touched>("praxis://touched", (event) => heard(event.payload)),
  };
}

function loopback(token: string): Host {
  return {
    async call(name, input) {
      const answer = await fetch(`/call/${name}`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-praxis-token": token },
        body: JSON.stringify(input),
      });
      if (!answer.ok) return { failed: { ticket: `HTTP ${answer.status}` } };
      return (await answer.json()) as Reply;
    },
    listen(heard) {
      const source = new EventSource(`/events?token=${encodeURIComponent(token)}`);
      const hear = (event: MessageEvent<string>) => heard(JSON.parse(event.data) as Touched);
      source.onmessage = hear;
      source.addEventListener("touched", hear);
    },
  };
}

/** Finds the host by what the page was born with. */
export async function findHost(): Promise<Host> {
  if (window.__TAURI_INTERNALS__) return tauri();
  if (import.meta.env.MODE === "fixture") return (await import("../../../dev/host")).fixture();
  return loopback(window.__PRAXIS_HTTP__?.token ?? "");
}
