export { default as ChartTab } from "./ChartTab.svelte";
export { default as LastNotes } from "./LastNotes.svelte";
