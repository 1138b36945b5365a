/** One movement of the pen: x and y in hundredths of a CSS pixel of the pad, milliseconds since the first touch. Integers. */
export interface Stroke {
  points: [x: number, y: number, ms: number][];
}

/** A signature being drawn. Knows no canvas: points in, points out. */
export class Strokes {
  readonly list: Stroke[] = [];
  #begun: number | undefined;

  /** `at` is any steady clock in milliseconds. */
  begin(x: number, y: number, at: number): void {
    this.#begun ??= at;
    this.list.push({ points: [this.#point(x, y, at)] });
  }

  /** Points that say nothing new (same place) are left out. */
  go(x: number, y: number, at: number): void {
    const stroke = this.list[this.list.length - 1];
    const last = stroke?.points[stroke.points.length - 1];
    if (!stroke || !last) return;
    const point = this.#point(x, y, at);
    if (point[0] === last[0] && point[1] === last[1]) return;
    stroke.points.push(point);
  }

  undo(): void {
    this.list.pop();
    if (this.list.length === 0) this.#begun = undefined;
  }

  clear(): void {
    this.list.length = 0;
    this.#begun = undefined;
  }

  #point(x: number, y: number, at: number): [number, number, number] {
    return [Math.round(x * 100), Math.round(y * 100), Math.max(0, Math.round(at - (this.#begun ?? at)))];
  }
}

/** A stroke as an SVG path, smoothed through the middles of its points. */
export function path(stroke: Stroke): string {
  const at = stroke.points.map(([x, y]) => [x / 100, y / 100] as const);
  const first = at[0];
  if (!first) return "";
  if (at.length === 1) return `M${first[0]} ${first[1]}h0.01`;
  let text = `M${first[0]} ${first[1]}`;
  for (let n = 1; n < at.length - 1; n += 1) {
    const [x, y] = at[n] ?? first;
    const [nx, ny] = at[n + 1] ?? first;
    text += `Q${x} ${y} ${(x + nx) / 2} ${(y + ny) / 2}`;
  }
  const last = at[at.length - 1] ?? first;
  return `${text}L${last[0]} ${last[1]}`;
}
