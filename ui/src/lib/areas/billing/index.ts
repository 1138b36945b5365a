export { default as AccountCard } from "./AccountCard.svelte";
export { default as AccountTab } from "./AccountTab.svelte";
export { default as InvoicePage } from "./InvoicePage.svelte";
export { default as Invoices } from "./Invoices.svelte";
export { startInvoice } from "./start";
export { methodWord } from "./words";
