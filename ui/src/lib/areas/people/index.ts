export { splitName } from "./name";
export { default as PatientSuggest } from "./PatientSuggest.svelte";
