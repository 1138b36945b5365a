// What a person does at the desk, counted: a key, a chord or a click is one. The letters of names, numbers and notes
// are not counted.

import assert from "node:assert/strict";

export class Hand {
  #page;
  #done = 0;

  constructor(page) {
    this.#page = page;
  }

  async press(key) {
    this.#done += 1;
    await this.#page.keyboard.press(key);
  }

  async click(target) {
    this.#done += 1;
    await target.click();
  }

  /** Moves a card to a point of the page: one gesture. */
  async drag(target, to) {
    this.#done += 1;
    const box = await target.boundingBox();
    await this.#page.mouse.move(box.x + 20, box.y + 8);
    await this.#page.mouse.down();
    await this.#page.mouse.move(box.x + 20, box.y + 20);
    await this.#page.mouse.move(to.x, to.y, { steps: 6 });
    await this.#page.mouse.up();
  }

  type(text) {
    return this.#page.keyboard.type(text);
  }

  /** Draws a line on a pad, in one gesture; points are fractions of its width and height. */
  async draw(pad, points) {
    this.#done += 1;
    await pad.scrollIntoViewIfNeeded();
    const box = await pad.boundingBox();
    const at = ([across, down]) => [box.x + across * box.width, box.y + down * box.height];
    await this.#page.mouse.move(...at(points[0]));
    await this.#page.mouse.down();
    for (const point of points.slice(1)) await this.#page.mouse.move(...at(point));
    await this.#page.mouse.up();
  }

  /** How many keys and clicks `doing` took. */
  async count(doing) {
    const before = this.#done;
    await doing();
    return this.#done - before;
  }
}

/** A signature as a hand draws it: loops with a slant. */
export const SIGNATURE = Array.from({ length: 48 }, (_, at) => [
  0.15 + at * 0.013 + 0.03 * Math.cos(at / 4),
  0.5 + 0.25 * Math.sin(at * 0.42),
]);

/** Holds that a flow keeps to its target, and says what it took. */
export function atMost(t, target, keys) {
  t.diagnostic(`${keys} of ${target}`);
  assert.ok(keys <= target, `took ${keys} keys and clicks, may take ${target}`);
}
