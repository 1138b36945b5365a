/** Words and numbers of the screens: language, formats, refusals. */
export { m } from "$lib/paraglide/messages";
export { coreClock } from "./clock.svelte";
export * from "./format";
export { language, languages, type Locale } from "./language.svelte";
export { professions, professionWord } from "./profession";
export { about, apartFrom, knownCodes, say } from "./refusals";
export { localeFor, showAs } from "./shown.svelte";
export { statusWord } from "./status";
