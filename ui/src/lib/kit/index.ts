/** Controls without clinic words: props in, events out. */
export { default as Button } from "./Button.svelte";
export { default as Choice } from "./Choice.svelte";
export { default as Field } from "./Field.svelte";
export { active, type Binding, bindKeys, capOf, hear } from "./keys.svelte";
export { default as Mark } from "./Mark.svelte";
export { default as Note } from "./Note.svelte";
export { default as Progress } from "./Progress.svelte";
export { default as Segments } from "./Segments.svelte";
export { default as Tick } from "./Tick.svelte";
