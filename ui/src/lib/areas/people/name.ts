/** "Ana Paula Luz" as the core wants it: the first word given, the rest family. */
export function splitName(text: string): { given: string; family?: string } {
  const words = text.trim().split(/\s+/);
  const given = capital(words[0] ?? "");
  const family = words.slice(1).map(capital).join(" ");
  return family ? { given, family } : { given };
}

const small = new Set(["da", "de", "do", "das", "dos", "e", "del", "la", "y"]);

/** Only what was typed all small is raised; what somebody wrote with care stays. */
function capital(word: string): string {
  if (word !== word.toLocaleLowerCase() || small.has(word)) return word;
  return word.charAt(0).toLocaleUpperCase() + word.slice(1);
}
