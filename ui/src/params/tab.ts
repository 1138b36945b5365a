/** The parts of a patient's page that have an address of their own. */
export const match = (text: string): text is "chart" | "documents" | "accounts" | "record" =>
  ["chart", "documents", "accounts", "record"].includes(text);
