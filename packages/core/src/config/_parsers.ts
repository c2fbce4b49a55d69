import { didYouMean } from "./_did_you_mean.ts";

/** Where a raw value came from: variables are always text, options are typed. */
export type RawKind = "option" | "env";

/** What a parser answers when a value breaks its rule. */
export class Invalid {
  readonly code: string;
  readonly rule: string;
  readonly fix: string;
  readonly suggestion: string | undefined;

  constructor(code: string, rule: string, fix: string, suggestion?: string) {
    this.code = code;
    this.rule = rule;
    this.fix = fix;
    this.suggestion = suggestion;
  }
}

/** Turns a raw value into a setting's value, or says which rule it breaks. Pure; never throws. */
export type Parse<T> = (raw: unknown, kind: RawKind) => T | Invalid;

/** Text that is not empty. */
export const text: Parse<string> = (raw) =>
  typeof raw === "string" && raw.trim() !== ""
    ? raw.trim()
    : new Invalid("type.text", "must be a text that is not empty", "Give a text or leave it out.");

/** `true` or `false`, in any case when it comes from a variable. */
export const flag: Parse<boolean> = (raw, kind) => {
  if (typeof raw === "boolean") return raw;
  const word = kind === "env" && typeof raw === "string" ? raw.toLowerCase() : "";
  if (word === "true") return true;
  if (word === "false") return false;
  return new Invalid("type.boolean", "must be true or false", "Write true or false.", wordForFlag(raw));
};

/** A number within bounds. */
export function number(options: {
  min: number;
  max?: number;
  integer?: boolean;
  unit?: string;
}): Parse<number> {
  const { min, max = Number.POSITIVE_INFINITY, integer = true, unit } = options;
  const kindOf = integer ? "a whole number" : "a number";
  const range = max === Number.POSITIVE_INFINITY ? `of at least ${min}` : `from ${min} to ${max}`;
  const measure = unit === undefined ? "" : ` (unit: ${unit})`;
  return (raw, kind) => {
    const value = kind === "env" && typeof raw === "string" && raw.trim() !== "" ? Number(raw) : raw;
    const fits = typeof value === "number" && value >= min && value <= max;
    if (fits && (!integer || Number.isInteger(value) || value === Number.POSITIVE_INFINITY)) return value;
    return new Invalid(
      "type.number",
      `must be ${kindOf} ${range}${measure}`,
      "Give a number within the range.",
    );
  };
}

/** A share from 0 to 1. Percentages are refused with the number that was probably meant. */
export const ratio: Parse<number> = (raw, kind) => {
  const value = kind === "env" && typeof raw === "string" && raw.trim() !== "" ? Number(raw) : raw;
  if (typeof value === "number" && value >= 0 && value <= 1) return value;
  const percent = percentage(raw);
  return new Invalid(
    "sampling.rate_range",
    "must be a number from 0 to 1",
    "Give the share of traces to keep: 0.1 keeps a tenth.",
    percent === undefined ? undefined : String(Number(percent.toPrecision(12))),
  );
};

/** One of a fixed list of words. */
export function oneOf<const T extends string>(
  code: string,
  words: readonly T[],
  also: Readonly<Record<string, T>> = {},
): Parse<T> {
  return (raw, kind) => {
    const word = typeof raw === "string" ? raw.trim() : "";
    const found = words.find((item) => item === (kind === "env" ? word.toLowerCase() : word));
    if (found !== undefined) return found;
    const known = also[word.toLowerCase()];
    if (known !== undefined) return known;
    return notOneOf(code, word, words);
  };
}

/** A list of words; a variable holds them with commas. */
export function listOf<const T extends string>(code: string, words: readonly T[]): Parse<readonly T[]> {
  const parseOne = oneOf(code, words);
  return (raw, kind) => {
    const items = kind === "env" && typeof raw === "string" ? splitList(raw) : raw;
    if (!Array.isArray(items)) {
      return new Invalid("type.list", `must be a list of ${words.join(", ")}`, "Give a list.");
    }
    const values: T[] = [];
    for (const item of items) {
      const value = parseOne(item, kind);
      if (value instanceof Invalid) return value;
      if (!values.includes(value)) values.push(value);
    }
    return values;
  };
}

/** The refusal of a word that is not in a list, with what is allowed and what was probably meant. */
export function notOneOf(code: string, word: string, words: readonly string[]): Invalid {
  const within = word.length >= 3 ? words.find((item) => item.includes(word.toLowerCase())) : undefined;
  const suggestion = didYouMean(word, words) ?? within;
  return new Invalid(
    code,
    `must be one of ${words.join(", ")}`,
    "Use one of the allowed values.",
    suggestion,
  );
}

/** Splits the comma-separated form of a variable. */
export function splitList(value: string): string[] {
  return value
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function wordForFlag(raw: unknown): string | undefined {
  const word = typeof raw === "string" || typeof raw === "number" ? String(raw).toLowerCase() : "";
  if (["1", "yes", "on", "y", "enabled"].includes(word)) return "true";
  if (["0", "no", "off", "n", "disabled"].includes(word)) return "false";
  return undefined;
}

function percentage(raw: unknown): number | undefined {
  if (typeof raw !== "string" && typeof raw !== "number") return undefined;
  const written = String(raw).trim();
  const value = Number(written.replace(/%$/, ""));
  // 1.5 may be a slip for 0.15 as well: only what is clearly a percentage is turned into a share.
  const isPercentage = written.endsWith("%") ? value > 0 : value >= 2;
  return isPercentage && value <= 100 ? value / 100 : undefined;
}
