/** Words and numbers of the screens: language, formats of the clinic's locale, refusals. */
export { m } from "$lib/paraglide/messages";
export { coreClock } from "./clock.svelte";
export * from "./format";
export { language, type Locale } from "./language.svelte";
export { about, apartFrom, knownCodes, say } from "./refusals";
export { statusWord } from "./status";
