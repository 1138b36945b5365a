export { default as ChartTab } from "./ChartTab.svelte";
export { default as LastNote } from "./LastNote.svelte";
