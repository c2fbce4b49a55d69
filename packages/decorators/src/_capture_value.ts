import type { AttributeValue } from "@opentelemetry/api";
import { describeObject } from "./_describe_object.ts";
import { isProxy } from "./_platform_types.ts";
import type { CaptureLimits } from "./capture_limits.ts";

/**
 * Turns any value into an attribute: primitives stay what they are, everything else becomes JSON text. Never throws,
 * never changes the value, and runs no code of it: getters and Proxies are named, not asked; `toJSON` and `toString`
 * are not called.
 *
 * @param value Anything.
 * @param limits Bounds of the text.
 * @returns The attribute value; `undefined` for `undefined`.
 */
export function captureValue(value: unknown, limits: CaptureLimits): AttributeValue | undefined {
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "string") return clip(value, limits.characters);
  if (value === undefined) return undefined;
  if (typeof value !== "object") return clip(primitiveText(value), limits.characters);
  if (value === null) return "null";
  const writer: Writer = { limits, left: limits.characters, above: [] };
  const text = objectText(value, writer);
  // A single word, such as a date or bytes, needs no quotes around it.
  const isWord = text.startsWith('"') && text.length < limits.characters;
  return isWord ? String(JSON.parse(text)) : clip(text, limits.characters);
}

/** What is known while one value is written. */
interface Writer {
  readonly limits: CaptureLimits;
  /** Characters that may still be written. */
  left: number;
  /** The objects that are being written: meeting one of them again is a cycle. */
  readonly above: object[];
}

function write(value: unknown, writer: Writer): string {
  if (writer.left <= 0) return '"…"';
  const text =
    typeof value === "object" && value !== null ? objectText(value, writer) : primitiveJson(value, writer);
  return text;
}

function primitiveJson(value: unknown, writer: Writer): string {
  let text: string;
  if (typeof value === "number") text = Number.isFinite(value) ? String(value) : `"${value}"`;
  else if (typeof value === "boolean" || value === null) text = String(value);
  else text = quote(clip(typeof value === "string" ? value : primitiveText(value), Math.max(writer.left, 1)));
  writer.left -= text.length;
  return text;
}

function objectText(object: object, writer: Writer): string {
  try {
    if (isProxy(object)) return word("[Proxy]", writer);
    if (writer.above.includes(object)) return word("[circular]", writer);
    if (writer.above.length >= writer.limits.depth)
      return word(Array.isArray(object) ? "[array]" : "[object]", writer);
    writer.above.push(object);
    try {
      const prototype = Object.getPrototypeOf(object);
      if (prototype === Object.prototype || prototype === null) return fieldsText(object, writer);
      if (Array.isArray(object)) return arrayText(object, writer);
      return describedText(object, writer);
    } finally {
      writer.above.pop();
    }
  } catch {
    return word("[unreadable]", writer); // a Proxy, in a runtime that cannot tell
  }
}

function describedText(object: object, writer: Writer): string {
  const described = describeObject(object, writer.limits);
  if (described === undefined) return fieldsText(object, writer);
  if (typeof described === "string") return word(described, writer);
  return Array.isArray(described) ? arrayText(described, writer) : fieldsText(described, writer);
}

function arrayText(array: readonly unknown[], writer: Writer): string {
  const shown = Math.min(array.length, writer.limits.keys);
  let text = "[";
  for (let i = 0; i < shown && writer.left > 0; i++) {
    text += `${i === 0 ? "" : ","}${write(ownValue(array, String(i)), writer)}`;
    writer.left -= 1;
  }
  const more = array.length > shown || writer.left <= 0 ? `${shown === 0 ? "" : ","}"…"` : "";
  return `${text}${more}]`;
}

function fieldsText(object: object, writer: Writer): string {
  let text = "{";
  let count = 0;
  for (const key of Object.keys(object)) {
    if (count++ === writer.limits.keys || writer.left <= 0) return `${text}${count === 1 ? "" : ","}"…":"…"}`;
    const name = quote(clip(key, 128));
    writer.left -= name.length + 2;
    text += `${count === 1 ? "" : ","}${name}:${write(ownValue(object, key), writer)}`;
  }
  return `${text}}`;
}

const GETTER = Symbol("getter");

/** The value of an own data property; asking for an accessor would run the owner's code. */
function ownValue(object: object, key: string): unknown {
  const own = Object.getOwnPropertyDescriptor(object, key);
  if (own === undefined) return undefined;
  return own.get === undefined && own.set === undefined ? own.value : GETTER;
}

function primitiveText(value: unknown): string {
  if (value === GETTER) return "[getter]";
  if (typeof value === "function") return "[function]";
  return String(value); // undefined, bigint, symbol: none of them runs anybody's code
}

function word(text: string, writer: Writer): string {
  const quoted = quote(clip(text, Math.max(writer.left, 16)));
  writer.left -= quoted.length;
  return quoted;
}

/** Text that JSON must escape. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON escapes exactly these
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

function quote(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function clip(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, Math.max(max - 1, 0))}…` : text;
}
