export { default as Document } from "./Document.svelte";
export { default as DocumentsCard } from "./DocumentsCard.svelte";
export { default as DocumentsTab } from "./DocumentsTab.svelte";
export { default as NewDocument } from "./NewDocument.svelte";
export { openTitle } from "./title";
