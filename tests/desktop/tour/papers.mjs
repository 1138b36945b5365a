// The papers of the day: saved and printed with the screen's buttons, read back by programs that did not write them.
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "../window.mjs";

/** CRC-16/CCITT-FALSE over a BR Code up to and with "6304", as its reader computes it. */
export function brCodeHolds(payload) {
  let crc = 0xffff;
  for (const byte of Buffer.from(payload.slice(0, -4), "utf8")) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return payload.slice(-8, -4) === "6304" && payload.slice(-4) === crc.toString(16).toUpperCase().padStart(4, "0");
}

/** Waits until the pages of the paper are drawn. */
export const drawn = (window) =>
  until("the pages", () =>
    window.run(
      `const pages = [...document.querySelectorAll(".sheets canvas")];
       return pages.length > 0 && pages.every((page) => page.dataset.drawn)`,
    ),
  );

/** Clicks on a button of the paper and waits for what the screen says of it. */
async function said(window, button, words) {
  await window.click("button", button);
  return until(`"${words}" on the screen`, async () => new RegExp(`${words}(.+)`).exec(await window.text())?.[1].trim());
}

/** Saves the paper on the screen; answers where. */
export const saved = (window) => said(window, "Salvar como arquivo", "Salvo em ");

/** Prints the paper on the screen; answers the file that came out of the spooler. */
export async function printed(scene, window) {
  const { file } = await scene.spooler.paper(await said(window, "Imprimir", "Enviado à impressora: "));
  return file;
}

/** Leaves a paper in tour/ as PDF and picture, and returns its words. */
export function look(scene, from, name) {
  const file = join(scene.tour, `${name}.pdf`);
  copyFileSync(from, file);
  execFileSync("qpdf", ["--check", file], { stdio: "pipe" });
  execFileSync("pdftoppm", ["-r", "150", "-png", file, join(scene.tour, name)], { stdio: "pipe" });
  return execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
}

/** What the first QR code of a picture in tour/ says. */
export const scan = (scene, picture) =>
  execFileSync("zbarimg", ["-q", "--raw", join(scene.tour, picture)], { encoding: "utf8", stdio: "pipe" }).trim();

export function says(words, expected) {
  const flat = words.replace(/\s+/g, " ");
  for (const phrase of expected) if (!flat.includes(phrase)) throw new Error(`the paper does not say "${phrase}":\n${words}`);
}

/** Holds that a paper in tour/ has the bytes that the screen showed. */
export function sameBytes(scene, name, base64) {
  if (!readFileSync(join(scene.tour, `${name}.pdf`)).equals(Buffer.from(base64, "base64")))
    throw new Error(`${name} is not what the screen showed`);
}

export const sizeOf = (scene, name) => readFileSync(join(scene.tour, `${name}.pdf`)).length;
