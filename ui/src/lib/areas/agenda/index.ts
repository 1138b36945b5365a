export { default as Agenda } from "./Agenda.svelte";
export { default as BookingPanel } from "./BookingPanel.svelte";
export { default as CancelDialog } from "./CancelDialog.svelte";
export { type Look, lookOf } from "./look";
export { default as Week } from "./Week.svelte";
