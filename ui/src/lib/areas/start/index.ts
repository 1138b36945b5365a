export { default as Door } from "./Door.svelte";
