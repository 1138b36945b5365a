// A consent as a patient meets it: read to its end, ticked, signed with the pointer.
import { until } from "../window.mjs";

/** A signature as a hand draws it: loops with a slant, then a flourish. Points are fractions of the pad. */
export function flourish(seed = 1) {
  const loops = Array.from({ length: 40 }, (_, at) => {
    const turn = at / 4;
    return [0.18 + at * 0.014 + 0.03 * Math.cos(turn * seed), 0.5 + 0.22 * Math.sin(turn * 1.7) - at * 0.002];
  });
  const stroke = Array.from({ length: 12 }, (_, at) => [0.2 + at * 0.05, 0.72 - 0.02 * Math.sin(at)]);
  return [loops, stroke];
}

/** Reads the text that is laid before the patient to its last line, with the keyboard. */
export async function readToTheEnd(window, title) {
  const text = await window.find("region", title);
  await window.click("region", title);
  await window.focused("region", title);
  await window.press("End");
  await until("the last line before the eyes", () =>
    window.run(
      `const last = arguments[0].querySelector("article footer small");
       const { x, y, height } = last.getBoundingClientRect();
       return document.elementFromPoint(x + 2, y + height / 2) === last`,
      text,
    ),
  );
}

/** Draws the patient's signature, and where the text asks for a witness, theirs. */
export async function sign(window, witness) {
  await window.draw(await window.find("img", "Assinatura"), flourish());
  if (!witness) return;
  await window.fill("Nome da testemunha", witness);
  await window.draw(await window.find("img", "Testemunha"), flourish(2));
}
