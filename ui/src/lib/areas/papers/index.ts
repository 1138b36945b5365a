export { default as Paper } from "./Paper.svelte";
export { default as PaperView } from "./PaperView.svelte";
export { default as PrintBox } from "./PrintBox.svelte";
export { reprint } from "./reprint";
