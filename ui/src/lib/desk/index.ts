/** The only road to Rust: call a command, keep a read, hear what changed. */
export { askAgain, call, connect, onProgress } from "./call";
export { read } from "./read.svelte";
export { desk } from "./session.svelte";
export { Failed, Refused } from "./reply";
export type * from "./shapes";
