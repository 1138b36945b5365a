// The papers of the day, read back by programs that did not write them.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** CRC-16/CCITT-FALSE over a BR Code up to and with "6304", as its reader computes it. */
export function brCodeHolds(payload) {
  let crc = 0xffff;
  for (const byte of Buffer.from(payload.slice(0, -4), "utf8")) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return payload.slice(-8, -4) === "6304" && payload.slice(-4) === crc.toString(16).toUpperCase().padStart(4, "0");
}

/** Fetches a paper through the window, leaves it in tour/ as PDF and picture, and returns its words. */
export async function paper(scene, window, ref, name) {
  const { pdf_base64: pdf } = await window.call("system.paper", { paper: ref });
  const file = join(scene.tour, `${name}.pdf`);
  writeFileSync(file, Buffer.from(pdf, "base64"));
  execFileSync("qpdf", ["--check", file], { stdio: "pipe" });
  execFileSync("pdftoppm", ["-r", "150", "-png", file, join(scene.tour, name)], { stdio: "pipe" });
  return execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
}

/** What the first QR code on a paper's page says. */
export function scan(scene, name) {
  for (const page of [`${name}-1.png`, `${name}-01.png`]) {
    try {
      return execFileSync("zbarimg", ["-q", "--raw", join(scene.tour, page)], { encoding: "utf8" }).trim();
    } catch {
      // The other way of counting pages.
    }
  }
  throw new Error(`no QR code on ${name}`);
}

export function says(words, expected) {
  const flat = words.replace(/\s+/g, " ");
  for (const phrase of expected) if (!flat.includes(phrase)) throw new Error(`the paper does not say "${phrase}":\n${words}`);
}

export const sizeOf = (scene, name) => readFileSync(join(scene.tour, `${name}.pdf`)).length;
