const titles = /^(dra?|sra?|prof|dr|mr|mrs|ms)\.?$/i;

/** First and last initial: "Dra. Camila Rocha" is CR. */
export function initials(name: string): string {
  const parts = name.split(/\s+/).filter((part) => part && !titles.test(part));
  const first = parts[0]?.[0] ?? "";
  const last = parts.length > 1 ? (parts[parts.length - 1]?.[0] ?? "") : "";
  return (first + last).toLocaleUpperCase();
}

/** A steady tint 0–4 for a name. */
export function tint(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % 5;
}
