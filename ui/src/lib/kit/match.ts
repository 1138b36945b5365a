const fold = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** A piece of a text, matched or not. */
export interface Piece {
  text: string;
  hit: boolean;
}

/**
 * Cuts `text` where the words of `query` begin its words, accents and case aside: "mar sil" in "Mariana Silva".
 * Undefined when a word of the query is found nowhere.
 */
export function match(text: string, query: string): Piece[] | undefined {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [{ text, hit: false }];
  // One folded character per original character keeps the cuts true; marks fold to nothing.
  const letters = [...text.normalize("NFC")];
  const folded = letters.map((letter) => fold(letter) || " ");
  const flat = folded.join("");
  const hits = new Array<boolean>(flat.length).fill(false);
  for (const word of words) {
    const at = startsOf(flat).find((start) => flat.startsWith(word, start) && !hits[start]);
    if (at === undefined) return undefined;
    hits.fill(true, at, at + word.length);
  }
  const pieces: Piece[] = [];
  let seen = 0;
  for (const [at, letter] of letters.entries()) {
    const hit = hits[seen] ?? false;
    seen += folded[at]?.length ?? 1;
    const last = pieces[pieces.length - 1];
    if (last?.hit === hit) last.text += letter;
    else pieces.push({ text: letter, hit });
  }
  return pieces;
}

const startsOf = (flat: string): number[] =>
  [...flat].flatMap((letter, at) =>
    letter !== " " && (at === 0 || /[^\p{L}\p{N}]/u.test(flat[at - 1] ?? " ")) ? [at] : [],
  );
