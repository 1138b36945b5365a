export { default as PatientHead } from "./Header.svelte";
export { splitName } from "./name";
export { default as Patient } from "./Patient.svelte";
export { default as Patients } from "./Patients.svelte";
export { default as PatientSuggest } from "./PatientSuggest.svelte";
