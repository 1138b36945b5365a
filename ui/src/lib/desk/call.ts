import { QueryClient } from "@tanstack/svelte-query";
import { findHost, type Host, type Touched } from "./host";
import { unwrap } from "./reply";
import type { Input, Name, Output, Topic } from "./shapes";

/** Everything read so far, kept until a topic it is made of is touched. */
export const kept = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Infinity,
      gcTime: 5 * 60_000,
      retry: false,
      refetchOnWindowFocus: false,
      networkMode: "always",
    },
  },
});

let host: Promise<Host> | undefined;
const progressListeners = new Set<(progress: NonNullable<Touched["progress"]>) => void>();

function drop(topics: readonly Topic[]): void {
  if (topics.length === 0) return;
  void kept.invalidateQueries({
    predicate: (query) =>
      (query.meta?.["topics"] as Topic[] | undefined)?.some((topic) => topics.includes(topic)) ?? false,
  });
}

/** Asks again for this read when it is next shown: what somebody is typing is kept without touching any topic. */
export function askAgain<N extends Name>(name: N, input: Input<N>): void {
  void kept.invalidateQueries({ queryKey: [name, input], refetchType: "none" });
}

/** Opens the road once and starts to listen. */
export function connect(): Promise<Host> {
  host ??= findHost().then((found) => {
    found.listen((touched) => {
      if (touched.progress) for (const hear of progressListeners) hear(touched.progress);
      else drop(touched.topics);
    });
    return found;
  });
  return host;
}

/** Long work tells how far it is; returns the way to stop hearing. */
export function onProgress(hear: (progress: { done: number; total: number }) => void): () => void {
  progressListeners.add(hear);
  return () => progressListeners.delete(hear);
}

/** Calls a command; throws `Refused` or `Failed`. What it touched is dropped before the value is handed on. */
export async function call<N extends Name>(name: N, input: Input<N>): Promise<Output<N>> {
  const found = await connect();
  const { value, touched } = unwrap(await found.call(name, input));
  drop(touched);
  return value as Output<N>;
}
