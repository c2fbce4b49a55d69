import type { AttributeSelection } from "./render_trace.ts";

/** Draws attributes as ` key=json key=json`, sorted by key; the empty string when none is left. */
export function formatAttributes(
  attributes: Readonly<Record<string, unknown>> | undefined,
  selection: AttributeSelection,
  masked: ReadonlySet<string>,
): string {
  const parts: string[] = [];
  for (const key of Object.keys(attributes ?? {}).sort()) {
    const value = select(key, attributes?.[key], selection);
    if (value === undefined) continue;
    parts.push(` ${escapeControls(key)}=${masked.has(key) ? "*" : formatValue(value)}`);
  }
  return parts.join("");
}

function select(key: string, value: unknown, selection: AttributeSelection): unknown {
  if (typeof selection === "function") return selection(key, value);
  if (typeof selection === "boolean") return selection ? value : undefined;
  return selection.includes(key) ? value : undefined;
}

/** JSON, with the values that JSON cannot say: bigint, bytes and numbers that are not finite. */
export function formatValue(value: unknown): string {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString("hex")}`;
  if (Array.isArray(value)) return `[${value.map(formatValue).join(",")}]`;
  // A function or a symbol has no JSON, and an object of a user's own selection function may contain a bigint.
  return (
    JSON.stringify(value, (_key, inner) => (typeof inner === "bigint" ? `${inner}n` : inner)) ?? String(value)
  );
}

/** Line breaks and other control characters as JSON escapes, so that a span stays on its line. */
export function escapeControls(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("\\\\", "\\");
}
