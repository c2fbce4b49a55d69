import { Invalid, type Parse } from "./_parsers.ts";

// RFC 9110: a field name is a token.
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/**
 * `key=value,key=value` with percent-encoding, the form of OTEL_EXPORTER_OTLP_HEADERS and OTEL_RESOURCE_ATTRIBUTES.
 *
 * A value may hold further equals signs, as base64 credentials do; the specification would have them encoded.
 *
 * @param value The variable's text.
 * @returns The pairs, or the rule that is broken.
 */
export function parseKeyValues(value: string): Record<string, string> | Invalid {
  const pairs: Record<string, string> = {};
  for (const part of value.split(",")) {
    if (part.trim() === "") continue;
    const equals = part.indexOf("=");
    const key = decode(part.slice(0, Math.max(0, equals)));
    const item = decode(part.slice(equals + 1));
    if (equals < 0 || key === undefined || key === "" || item === undefined) {
      return new Invalid(
        "type.key_values",
        "must be key=value pairs with commas between them",
        "Write key1=value1,key2=value2 and percent-encode commas inside of values.",
      );
    }
    pairs[key] = item;
  }
  return pairs;
}

/** Request headers. Names must be tokens; values must fit on one line. */
export const headers: Parse<Readonly<Record<string, string>>> = (raw, kind) => {
  const pairs = kind === "env" && typeof raw === "string" ? parseKeyValues(raw) : raw;
  if (pairs instanceof Invalid) return pairs;
  const rule = "must be an object of header names and texts";
  if (!isPlainObject(pairs)) return new Invalid("headers.type", rule, "Give an object.");
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(pairs)) {
    if (!HEADER_NAME.test(name)) {
      return new Invalid(
        "headers.name",
        `must use valid header names, and "${name.slice(0, 20)}" is none`,
        "Correct the name.",
      );
    }
    if (typeof value !== "string" || hasControl(value)) {
      return new Invalid(
        "headers.value",
        `must give header ${name} a text of one line`,
        "Correct the value.",
      );
    }
    result[name] = value;
  }
  return result;
};

/** Resource attributes: texts, numbers and booleans by name. */
export const attributes: Parse<Readonly<Record<string, string | number | boolean>>> = (raw, kind) => {
  const pairs = kind === "env" && typeof raw === "string" ? parseKeyValues(raw) : raw;
  if (pairs instanceof Invalid) return pairs;
  const rule = "must be an object of texts, numbers and booleans";
  if (!isPlainObject(pairs)) return new Invalid("resource.type", rule, "Give an object.");
  const result: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(pairs)) {
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
      return new Invalid("resource.type", `${rule}, and "${key.slice(0, 40)}" is none`, "Correct the value.");
    }
    result[key] = value;
  }
  return result;
};

/** Whether a value is an object of fields and neither an array nor an instance of a class. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

function hasControl(value: string): boolean {
  // Control characters would split or end the header line.
  return [...value].some((char) => (char < " " && char !== "\t") || char === "\u007f");
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part.trim());
  } catch {
    return undefined; // a stray percent sign: the caller names the rule
  }
}
