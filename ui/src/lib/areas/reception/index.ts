export { default as Board } from "./Board.svelte";
export { default as WalkIn } from "./WalkIn.svelte";
