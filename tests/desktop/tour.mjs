// The tour: a line per step, pictures and papers in tour/, and a failure of any step fails it.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chapters } from "./tour/chapters.mjs";

const tour = join(import.meta.dirname, "..", "..", "tour");
rmSync(tour, { recursive: true, force: true });
mkdirSync(tour);

const scene = {
  bin: process.env.PRAXIS_BIN,
  tour,
  /** Everything this day leaves behind; gone when it ends. */
  ground: mkdtempSync(join(tmpdir(), "praxis-tour-")),
  open: [],
  facts: {},
};

let steps = 0;
const began = Date.now();

/** One step of the day, told when it is done. */
scene.step = async (what, act) => {
  const start = Date.now();
  const said = await act();
  steps += 1;
  console.log(`${String(steps).padStart(2)}  ${what}${said ? `: ${said}` : ""}  (${((Date.now() - start) / 1000).toFixed(1)} s)`);
};

let failed = false;
try {
  for (const chapter of chapters) await chapter(scene);
} catch (failure) {
  failed = true;
  console.error(`\nfailed after step ${steps}: ${failure.message}\n${failure.stack}`);
  for (const [at, window] of scene.open.entries()) {
    await window.shot?.(join(tour, `failed-${at + 1}.png`)).catch(() => undefined);
    if (window.log) console.error(window.log.slice(-2000));
  }
} finally {
  for (const window of scene.open.toReversed()) await window.close().catch(() => undefined);
  rmSync(scene.ground, { recursive: true, force: true });
}
if (!failed) console.log(`\n${steps} steps in ${((Date.now() - began) / 1000).toFixed(0)} s. Pictures and papers: tour/`);
process.exit(failed ? 1 : 0);
