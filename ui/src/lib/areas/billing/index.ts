export { startInvoice } from "./start";
