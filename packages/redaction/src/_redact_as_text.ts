import { define } from "./_define.ts";
import { findHits } from "./_engine.ts";
import { MARKER } from "./_resolve_policy.ts";
import type { Run } from "./_run.ts";
import { wordSet } from "./_word_set.ts";

const BY_NEIGHBOURS = wordSet("call json-rpc keystore mnemonic positional url-path");

/** A text or a number in a record, where its JSON stands, and how to get to it. */
interface Leaf {
  readonly start: number;
  readonly end: number;
  readonly path: readonly string[];
}

/**
 * Redacts a record once more as the JSON it would become: the method beside its parameters, a name beside its value,
 * one word of a phrase beside the next. What is given was copied before; only plain records and lists are read.
 */
export function redactAsText(run: Run, key: string, record: object): object {
  const leaves: Leaf[] = [];
  const text = jsonOf(run, record, [], 0, leaves);
  if (text.length > run.policy.maxLength || !run.mayRead(text.length)) return record;
  const read = run.policy.keyClass(key);
  let redacted = record;
  for (const hit of findHits(text, run.policy, { ...run.context(read, key), sink: undefined })) {
    // The others judge a member by its own name, and were asked with it.
    if (!BY_NEIGHBOURS.has(hit.rule)) continue;
    for (const { start, end, path } of leaves) {
      if (end <= hit.start || start >= hit.end || run.policy.isMarker(text.slice(start + 1, end - 1)))
        continue;
      run.hit(hit.rule, text.slice(start + 1, end - 1));
      redacted = replaced(redacted, path, 0);
    }
  }
  return redacted;
}

function jsonOf(run: Run, value: unknown, path: readonly string[], start: number, leaves: Leaf[]): string {
  if (typeof value === "object" && value !== null) {
    const prototype: unknown = Object.getPrototypeOf(value);
    const isList = Array.isArray(value);
    if (!isList && prototype !== Object.prototype && prototype !== null) return "null";
    let text = isList ? "[" : "{";
    for (const [name, member] of Object.entries(value)) {
      if (text.length > 1) text += ",";
      if (!isList) text += `${JSON.stringify(name)}:`;
      // What the user excludes from redaction is not read here either.
      const isAllowed = !isList && run.policy.keyClass(name) === run.policy.allowed;
      text += isAllowed ? "null" : jsonOf(run, member, [...path, name], start + text.length, leaves);
    }
    return text + (isList ? "]" : "}");
  }
  const text = typeof value === "string" ? JSON.stringify(value) : String(value ?? null);
  leaves.push({ start, end: start + text.length, path });
  return text;
}

/** A copy of the lists and records on the way to a leaf, with the marker in its place. */
function replaced(value: unknown, path: readonly string[], depth: number): object {
  const copy: object = Array.isArray(value) ? [...value] : { ...Object(value) };
  const name = path[depth] ?? "";
  const member: unknown = Reflect.get(copy, name);
  const inner = depth === path.length - 1 ? MARKER : replaced(member, path, depth + 1);
  define(copy, name, inner);
  return copy;
}
