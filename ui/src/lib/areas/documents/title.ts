/** A template's title; what it names only once it is filled in stands open. */
export const openTitle = (title: string): string => title.replace(/\{\{[^}]*\}\}/g, "…");
