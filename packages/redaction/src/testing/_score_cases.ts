import { readFileSync } from "node:fs";
import { createRedactor, type RedactionOptions } from "../mod.ts";

/** One labelled case: what must vanish, what must survive. */
export interface Case {
  readonly id: string;
  readonly cat: string;
  readonly tier: "hard" | "pii" | "policy" | "amb" | "clean";
  readonly where: string;
  readonly key: string;
  readonly value: unknown;
  readonly secrets: readonly string[];
  readonly keep: readonly string[];
  readonly known?: readonly string[];
  readonly knownAddr?: readonly string[];
}

/** A case after redaction. */
export interface Scored {
  readonly case: Case;
  readonly leaked: readonly string[];
  readonly lost: readonly string[];
  readonly output: string;
}

/** Reads a file of cases, one JSON object a line. */
export function loadCases(file: URL | string): Case[] {
  // The files of this folder have the shape of Case.
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Case);
}

/** Redacts every case and looks for what leaked and what was lost. */
export function scoreCases(cases: readonly Case[], options: RedactionOptions = { packs: "all" }): Scored[] {
  return cases.map((c) => scoreCase(c, options));
}

function scoreCase(c: Case, options: RedactionOptions): Scored {
  const redactor = createRedactor({
    ...options,
    publicHashes: c.known ?? [],
    knownSigners: c.knownAddr ?? [],
  });
  const output = visibleText(redactor.redactSpan(toSpan(c)));
  const low = output.toLowerCase();
  return {
    case: c,
    leaked: c.secrets.filter((secret) => low.includes(secret.toLowerCase())),
    lost: c.keep.filter((keep) => !output.includes(keep)),
    output,
  };
}

type AnySpan = Parameters<ReturnType<typeof createRedactor>["redactSpan"]>[0];

/** Puts the value of a case in its place in a span. */
export function toSpan(c: Case): AnySpan {
  // Values of cases are richer than attributes: rich values must be survived too.
  const value = revive(c.value) as never;
  const attributes: Record<string, never> = {};
  const events: { name: string; attributes: Record<string, unknown> }[] = [];
  let span: Record<string, unknown> = { name: "nft.mint", status: { code: 0 }, attributes, events };
  if (c.where === "event") events.push({ name: "step", attributes: { [c.key || "message"]: value } });
  else if (c.where === "status") span = { ...span, status: { code: 2, message: value } };
  else if (c.where === "name") span = { ...span, name: value };
  else if (c.where === "eventname") events.push({ name: value, attributes: {} });
  else if (c.where === "link") {
    const context = { traceId: `${"0".repeat(31)}1`, spanId: `${"0".repeat(15)}1` };
    span = { ...span, links: [{ context, attributes: { [c.key]: value } }] };
  } else if (c.where === "exception") {
    const { type = "Error", message, stack } = value as { type?: string; message: string; stack?: string };
    span = { ...span, status: { code: 2, message } };
    const trace = stack === undefined ? {} : { "exception.stacktrace": stack };
    events.push({
      name: "exception",
      attributes: { "exception.type": type, "exception.message": message, ...trace },
    });
  } else attributes[c.key || "url.full"] = value;
  return span as unknown as AnySpan;
}

function revive(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(revive);
  if ("$type" in value && value.$type === "Uint8Array" && "hex" in value)
    return Uint8Array.from(Buffer.from(String(value.hex), "hex"));
  if ("$type" in value && value.$type === "bigint" && "dec" in value) return BigInt(String(value.dec));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, revive(member)]));
}

/** Everything that a reader of the span could see, in every form it may be written in. */
/** Everything that a reader of the span could see, in every form it may be written in. */
export function visibleText(span: unknown): string {
  const raw: string[] = [];
  const seen = new Set<object>();
  const walk = (x: unknown): void => {
    if (typeof x === "string") raw.push(x);
    else if (typeof x === "bigint") raw.push(x.toString(), `0x${x.toString(16).padStart(64, "0")}`);
    else if (typeof x === "number") raw.push(String(x));
    else if (x instanceof Uint8Array) raw.push(bytesForms(x));
    else if (x !== null && typeof x === "object" && !seen.has(x)) {
      seen.add(x);
      for (const [key, member] of Object.entries(x)) {
        raw.push(key);
        walk(member);
      }
    }
  };
  walk(span);
  const json = JSON.stringify(span, (_key, v: unknown) =>
    typeof v === "bigint" ? v.toString() : v instanceof Uint8Array ? bytesForms(v) : v,
  );
  return `${raw.join("\n")}\n${json}`;
}

function bytesForms(bytes: Uint8Array): string {
  const b = Buffer.from(bytes);
  return `${b.toString("hex")}|${[...b].join(",")}|${b.toString("base64")}|${JSON.stringify(b)}`;
}
