/** The kinds of paper that can be shown. */
export const match = (text: string): text is "document" | "invoice" | "receipt" =>
  ["document", "invoice", "receipt"].includes(text);
