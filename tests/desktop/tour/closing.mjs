// The day is over: windows closed, folders compared, papers verified, and nothing readable on the disks.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { agreed, RECEPTION } from "./second-desk.mjs";
import { OWNER } from "./founding.mjs";
import { GULSEN, WALKED_IN, ZOE } from "./apart.mjs";
import { saved as savedPaper } from "./papers.mjs";
import { openDocument } from "./patient.mjs";
import { CONCEICAO } from "./registration.mjs";
import { praxisctl } from "./server.mjs";

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The names that were given to the clinic. */
const NAMES = ["Conceição", "Ñandú Müller", "Arantes", WALKED_IN.given, WALKED_IN.family, ZOE];

/** Each name as the bytes it could be written in: as it is, in UTF-16, folded, and folded in UTF-16. */
const NEEDLES = NAMES.flatMap((name) =>
  [name, fold(name)].flatMap((text) =>
    ["utf8", "utf16le"].map((encoding) => ({ text, encoding, bytes: Buffer.from(text, encoding) })),
  ),
);

function* filesUnder(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesUnder(path);
    else if (statSync(path).isFile()) yield path;
  }
}

/** Which needles stand in the files of a folder, and in how many bytes they were looked for. */
function search(folder) {
  const found = new Set();
  let [files, size] = [0, 0];
  for (const file of filesUnder(folder)) {
    const bytes = readFileSync(file);
    files += 1;
    size += bytes.length;
    for (const needle of NEEDLES) if (bytes.includes(needle.bytes)) found.add(`${needle.text} (${needle.encoding})`);
  }
  return { found, files, size };
}

export async function closing(scene) {
  const { a, b } = scene;
  const desks = [
    { name: "the first desk", data: scene.dataA, user: OWNER },
    { name: "the second desk", data: scene.desk("b").data, user: RECEPTION },
  ];
  const saved = [];

  await scene.step("the sealed consents are saved as files, with their seals, on both desks", async () => {
    for (const [at, window] of [a, b].entries())
      for (const [which, who, { title }] of [["first", CONCEICAO, scene.consent], ["second", GULSEN, scene.consentB]]) {
        await openDocument(window, who, title);
        saved.push({ desk: desks[at], which, path: await savedPaper(window) });
      }
    for (const which of ["first", "second"]) {
      const [one, other] = saved.filter((file) => file.which === which);
      if (!readFileSync(one.path).equals(readFileSync(other.path))) throw new Error(`${one.path} and ${other.path} differ`);
      copyFileSync(one.path, join(scene.tour, `consent-sealed-${which}.pdf`));
      copyFileSync(`${one.path}.seal`, join(scene.tour, `consent-sealed-${which}.pdf.seal`));
    }
  });
  await scene.step("both windows are closed once nothing waits", async () => {
    // Every look at a person is written down, also the one that a screen takes anew after an agreement: with somebody's
    // page open there would always be something to send.
    for (const window of [a, b]) {
      await window.press("Alt", "5");
      await window.find("link", "Computadores");
    }
    for (let round = 0; round < 2; round += 1) for (const window of [a, b]) await agreed(window);
    for (const window of [a, b]) {
      await window.close();
      scene.open.splice(scene.open.indexOf(window), 1);
    }
    await scene.server.close();
  });
  await scene.step("both desks and the server have the same digest, and the desks the same caches", async () => {
    const said = desks.map((desk) => praxisctl(scene, desk, "digest"));
    for (const { code, words } of said) if (code !== 0) throw new Error(words);
    const [one, other] = said.map(({ words }) => words.trim());
    if (one !== other) throw new Error(`\n${one}\n${other}`);
    const [, replicated] = /replicated (\S+)/.exec(one);
    if (scene.server.digest() !== replicated) throw new Error(`${replicated}, but the server ${scene.server.digest()}`);
    return replicated;
  });
  await scene.step("the independent reader accepts both journals", async () =>
    desks
      .map((desk) => {
        const { code, words } = praxisctl(scene, desk, "journal", "verify");
        if (code !== 0) throw new Error(`${desk.name}: ${words}`);
        return words.trim().replace("journal: ", "");
      })
      .join(", "),
  );
  await scene.step("praxisctl accepts each consent on each desk, and none with one byte changed", async () => {
    for (const { desk, which, path } of saved) {
      const sound = praxisctl(scene, desk, "verify", path);
      if (sound.code !== 0) throw new Error(`${which} consent on ${desk.name}: ${sound.words}`);
      const changed = readFileSync(path);
      changed[changed.length >> 1] ^= 1;
      const forged = join(scene.ground, "changed.pdf");
      writeFileSync(forged, changed);
      copyFileSync(`${path}.seal`, `${forged}.seal`);
      const refused = praxisctl(scene, desk, "verify", forged);
      if (refused.code !== 1 || !refused.words.startsWith("refused: the paper was changed"))
        throw new Error(`${which} consent changed, on ${desk.name}: ${refused.code} ${refused.words}`);
    }
    return `${saved.length} accepted, ${saved.length} refused`;
  });
  await scene.step("no file of either desk or the server holds a patient's name in any form", async () => {
    const said = [];
    for (const folder of [...desks.map((desk) => desk.data), scene.server.data]) {
      const { found, files, size } = search(folder);
      if (found.size) throw new Error(`${[...found].join(", ")} in ${folder}`);
      if (files < 3) throw new Error(`${files} files in ${folder}`);
      said.push(`${files} files, ${(size / 1024).toFixed(0)} KiB`);
    }
    return said.join("; ");
  });
  await scene.step("the same search finds every one of them in a deliberately plain copy", async () => {
    const { code, words } = praxisctl(scene, desks[1], "call", "people.search", JSON.stringify({ text: "", limit: 100 }));
    if (code !== 0) throw new Error(words);
    const plain = join(scene.ground, "plain");
    mkdirSync(plain);
    for (const [name, text] of [["rows", words], ["rows-folded", fold(words)]])
      for (const encoding of ["utf8", "utf16le"]) writeFileSync(join(plain, `${name}.${encoding}`), text, encoding);
    const { found } = search(plain);
    if (found.size !== new Set(NEEDLES.map((one) => `${one.text} (${one.encoding})`)).size)
      throw new Error(`only ${[...found].join(", ")}`);
    return `${found.size} of ${found.size}`;
  });
}
