export type Family = "clinical" | "money" | "other";
type Icon = "visit" | "arrival" | "document" | "money" | "note" | "person";

/** To which part of a person's story a kind of event belongs; what is not known is shown, not hidden. */
export function family(kind: string): { family: Family; icon: Icon } {
  if (/invoice|payment|receipt|billing/.test(kind)) return { family: "money", icon: "money" };
  if (/note|chart|allerg/.test(kind)) return { family: "clinical", icon: "note" };
  if (/document|consent/.test(kind)) return { family: "clinical", icon: "document" };
  if (/arriv|check_in|walk_in/.test(kind)) return { family: "clinical", icon: "arrival" };
  if (/visit|encounter|appointment|agenda|session/.test(kind)) return { family: "clinical", icon: "visit" };
  return { family: "other", icon: "person" };
}
