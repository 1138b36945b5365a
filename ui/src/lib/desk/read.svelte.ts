import { createQuery, keepPreviousData } from "@tanstack/svelte-query";
import { call, kept } from "./call";
import type { Input, Name, Output } from "./shapes";
import { madeOf } from "./topics";

/**
 * A read that is kept and asked again when one of its topics is touched. `input` is followed: when it changes the read
 * follows, and what was there before stays until the new answer is here (no flicker). `undefined` = not yet.
 */
export function read<N extends Name>(name: N, input: () => Input<N> | undefined, fresh: { keep?: boolean } = {}) {
  return createQuery<Output<N>>(
    () => {
      const asked = input();
      return {
        queryKey: [name, asked],
        queryFn: () => call(name, asked as Input<N>),
        enabled: asked !== undefined,
        meta: { topics: madeOf[name] ?? [] },
        ...(fresh.keep === false ? {} : { placeholderData: keepPreviousData }),
      };
    },
    () => kept,
  );
}
