/**
 * What people type for an amount, as a plain decimal string: "1.000,50", "1000.5", "1 000". Undefined when it is none.
 * The last separator with one or two digits behind it is the decimal one; an amount is never a float.
 */
export function parseAmount(text: string, decimals = 2): string | undefined {
  const bare = text.replace(/[\s\u00a0\u202f]/g, "").replace(/^[^\d.,-]+/, "");
  if (!/^\d[\d.,]*$|^[.,]\d+$/.test(bare)) return undefined;
  const last = Math.max(bare.lastIndexOf("."), bare.lastIndexOf(","));
  const behind = last < 0 ? "" : bare.slice(last + 1);
  const separators = (bare.match(/[.,]/g) ?? []).length;
  // "1.000" groups; "1.00" and "1.5" have decimals; "1.000,00" has both.
  const isDecimal =
    last >= 0 &&
    behind.length > 0 &&
    behind.length <= decimals &&
    (separators === 1 || bare[last] !== firstSeparator(bare));
  if (!isDecimal && last >= 0 && behind.length !== 3) return undefined;
  const whole = (isDecimal ? bare.slice(0, last) : bare).replace(/[.,]/g, "").replace(/^0+(?=\d)/, "") || "0";
  const part = isDecimal ? behind : "";
  return decimals === 0 ? whole : `${whole}.${part.padEnd(decimals, "0")}`;
}

const firstSeparator = (text: string): string | undefined => /[.,]/.exec(text)?.[0];

/** Compares two plain decimal strings without going through a float. */
export function compareAmounts(a: string, b: string): number {
  const width = Math.max(fraction(a).length, fraction(b).length);
  const left = scaled(a, width);
  const right = scaled(b, width);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** `a − b` with as many decimals as the longer of the two. */
export function subtractAmounts(a: string, b: string): string {
  const width = Math.max(fraction(a).length, fraction(b).length);
  const difference = scaled(a, width) - scaled(b, width);
  const digits = (difference < 0n ? -difference : difference).toString().padStart(width + 1, "0");
  const text = width === 0 ? digits : `${digits.slice(0, -width)}.${digits.slice(-width)}`;
  return difference < 0n ? `-${text}` : text;
}

const fraction = (text: string): string => text.split(".")[1] ?? "";
const scaled = (text: string, width: number): bigint => {
  const negative = text.startsWith("-");
  const [whole = "0", part = ""] = text.replace("-", "").split(".");
  const value = BigInt(whole + part.padEnd(width, "0"));
  return negative ? -value : value;
};
