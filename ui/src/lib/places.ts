/** Addresses of the screens; the only place that knows how they are written. */
export const places = {
  agenda: (date?: string) => (date ? `#/agenda/${date}` : "#/agenda"),
  week: (from?: string) => (from ? `#/week/${from}` : "#/week"),
  reception: () => "#/reception",
  patients: () => "#/patients",
  patient: (id: string, tab?: "chart" | "documents" | "accounts" | "record") =>
    tab ? `#/patients/${id}/${tab}` : `#/patients/${id}`,
  document: (patient: string, id: string) => `#/patients/${patient}/document/${id}`,
  newDocument: (patient: string, appointment?: string) =>
    appointment ? `#/patients/${patient}/document/new/${appointment}` : `#/patients/${patient}/document/new`,
  invoices: () => "#/invoices",
  invoice: (id: string) => `#/invoices/${id}`,
  paper: (kind: "document" | "invoice" | "receipt", id: string) => `#/paper/${kind}/${id}`,
  inbox: () => "#/inbox",
  settings: (section?: string) => (section ? `#/settings/${section}` : "#/settings"),
};
