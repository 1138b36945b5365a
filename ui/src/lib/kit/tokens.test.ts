import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

/** The colours of one theme by token; `var()` is followed. */
function theme(side: 0 | 1): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name, light, dark] of css.matchAll(/--([\w-]+):\s*light-dark\((#\w+),\s*(#\w+)\)/g))
    if (name && light && dark) found.set(name, side === 0 ? light : dark);
  for (const [, name, other] of css.matchAll(/--([\w-]+):\s*var\(--([\w-]+)\);/g))
    if (name && other && found.has(other)) found.set(name, found.get(other) ?? "");
  return found;
}

/** WCAG 2.2 relative luminance of "#rrggbb". */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const statuses = [
  "scheduled",
  "confirmed",
  "arrived",
  "room",
  "finished",
  "bill",
  "paid",
  "noshow",
  "cancelled",
  "conflict",
];
const text: [string, string[]][] = [
  [
    "ink",
    ["bg", "surface", "raised", "sunken", "hover", "accent-soft", ...statuses.map((status) => `st-${status}-fill`)],
  ],
  [
    "ink-2",
    ["bg", "surface", "raised", "sunken", "hover", "accent-soft", ...statuses.map((status) => `st-${status}-fill`)],
  ],
  ["ink-3", ["bg", "surface", "raised", "sunken"]],
  ["on-accent", ["accent", "accent-hover"]],
  ["accent-ink", ["accent-soft", "surface"]],
  ...["danger", "warn", "info", "ok"].map((tone): [string, string[]] => [
    tone,
    [`${tone}-soft`, "surface", "raised", "bg"],
  ]),
  ...statuses.map((status): [string, string[]] => [`st-${status}-ink`, [`st-${status}-fill`, "surface"]]),
];
const edges: [string, string[]][] = [
  ["line-field", ["surface", "raised", "bg"]],
  ["accent", ["surface", "bg", "sunken"]],
  ...statuses.map((status): [string, string[]] => [`st-${status}-edge`, ["surface"]]),
];

for (const [name, side] of [
  ["light", 0],
  ["dark", 1],
] as const) {
  const colours = theme(side);
  const check = (pairs: [string, string[]][], least: number) => {
    const poor = pairs.flatMap(([front, grounds]) =>
      grounds.flatMap((ground) => {
        const ratio = contrast(colours.get(front) ?? "", colours.get(ground) ?? "");
        return ratio >= least ? [] : [`${front} on ${ground}: ${ratio.toFixed(2)}`];
      }),
    );
    expect(poor).toEqual([]);
  };

  describe(`contrast, ${name}`, () => {
    it("knows every token it asks for", () => {
      const asked = [...text, ...edges].flatMap(([front, grounds]) => [front, ...grounds]);
      expect(asked.filter((token) => !/^#[\da-f]{6}$/.test(colours.get(token) ?? ""))).toEqual([]);
    });
    it("gives every ink 4.5:1 on the grounds it may stand on", () => check(text, 4.5));
    it("gives the edges of controls and statuses 3:1", () => check(edges, 3));
  });
}
