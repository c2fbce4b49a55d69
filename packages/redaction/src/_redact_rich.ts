import { define } from "./_define.ts";
import { quotesSecret } from "./_ethers_rule.ts";
import { isSecretBytes, judgeBytes } from "./_judge_bytes.ts";
import { isAddress, isPlaceholder } from "./_plausible.ts";
import { redactString, redactValue } from "./_redact_value.ts";
import { FAILED, MARKER, TRUNCATED } from "./_resolve_policy.ts";
import type { Run } from "./_run.ts";
import { toHex } from "./_text_bytes.ts";
import { wordSet } from "./_word_set.ts";

/** Redacts an object before serialisation. It never throws, calls no method of the object, and copies what it changes. */
export function redactRich(run: Run, key: string, value: object, depth: number): unknown {
  try {
    if (depth > run.policy.maxNesting) return TRUNCATED;
    run.seen ??= new Set();
    if (run.seen.has(value)) return "[circular]";
    run.seen.add(value);
    const result = redactObject(run, key, value, depth);
    run.seen.delete(value);
    return result;
  } catch (error) {
    run.fail("object", error);
    return FAILED;
  }
}

function redactObject(run: Run, key: string, value: object, depth: number): unknown {
  const { kind } = run.policy.keyClass(key);
  if (value instanceof Date) return kind === "pii" && run.policy.pii ? MARKER : value;
  if (ArrayBuffer.isView(value))
    return redactBytes(run, key, new Uint8Array(value.buffer, value.byteOffset, value.byteLength), value);
  if (value instanceof ArrayBuffer) return redactBytes(run, key, new Uint8Array(value), value);
  if (value instanceof String) return redactString(run, key, String.prototype.valueOf.call(value));
  if (value instanceof URL) return redactString(run, key, value.href);
  if (kind === "secret") {
    run.hit("key", "");
    return walletStandIn(value) ?? MARKER;
  }
  if (value instanceof Map) return redactEntries(run, key, value.entries(), depth, value.size);
  if (value instanceof Set) return redactValue(run, key, [...value], depth + 1);
  if (value instanceof Error) return redactError(run, value, depth);
  const wallet = walletStandIn(value);
  if (wallet !== undefined) {
    run.hit("wallet-object", "");
    return wallet;
  }
  return redactPlain(run, key, value, depth);
}

/** Bytes that are a key are removed; so is text in bytes that holds a secret. */
function redactBytes(run: Run, key: string, bytes: Uint8Array, original: object): unknown {
  const read = run.policy.keyClass(key);
  if (read.kind === "secret" || read.words)
    return judgeBytes(run, key, bytes) === "secret" ? MARKER : original;
  if (bytes.length > run.policy.maxLength) {
    run.truncated();
    return TRUNCATED;
  }
  if (isSecretBytes(run, bytes, read.publicHex)) {
    run.hit("private-key-bytes", "");
    return MARKER;
  }
  const hex = `0x${toHex(bytes)}`;
  if (redactString(run, key, hex) !== hex) return MARKER;
  const text = new TextDecoder().decode(bytes);
  return redactString(run, key, text) === text ? original : MARKER;
}

/** `[Wallet 0x..]` for an instance that holds a private key beside its address; the members of a record are judged one by one. */
function walletStandIn(value: object): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return undefined;
  if (!("address" in value) || typeof value.address !== "string" || !isAddress(value.address))
    return undefined;
  const isWallet = "privateKey" in value || "signingKey" in value || "mnemonic" in value;
  return isWallet ? `[Wallet ${value.address}]` : undefined;
}

function redactError(run: Run, error: Error, depth: number): unknown {
  const { name, message, stack } = error;
  const own = redactPlain(run, "error", error, depth);
  const head = {
    name,
    message: redactString(run, "message", String(message)),
    stack: redactString(run, "stack", String(stack ?? "")),
  };
  return typeof own === "object" ? { ...own, ...head } : head;
}

function redactPlain(run: Run, key: string, value: object, depth: number): object | string {
  if (isByteRecord(value)) {
    const bytes = "data" in value && Array.isArray(value.data) ? value.data : Object.values(value);
    if (judgeBytes(run, key, bytes) === "secret") return MARKER;
  }
  if (nameOfValue(run, value) === undefined) return redactMembersOf(run, key, value, depth);
  run.hit("named-value", "");
  return { ...redactMembersOf(run, key, withoutValue(value), depth), value: MARKER };
}

function redactMembersOf(run: Run, key: string, value: object, depth: number): object {
  const keys = Object.keys(value);
  const entries = keys.map((name): [string, unknown] => [name, readMember(run, value, name)]);
  return redactEntries(run, key, entries, depth, keys.length);
}

/** An error of ethers, or a pair of fields such as `{ name: "API_KEY", value: ".." }`, whose value is a secret. */
function nameOfValue(run: Run, value: object): string | undefined {
  const quoted = readMember(run, value, "value");
  if (typeof quoted !== "string") return undefined;
  const argument = readMember(run, value, "argument");
  if (typeof argument === "string") return quotesSecret(argument, quoted) ? argument : undefined;
  const name = readMember(run, value, "name") ?? readMember(run, value, "key");
  if (typeof name !== "string" || run.policy.keyClass(name).kind !== "secret") return undefined;
  return isPlaceholder(quoted) ? undefined : name;
}

function withoutValue(value: object): object {
  const { value: _secret, ...rest } = Object.fromEntries(Object.entries(value));
  return rest;
}

/** Getters may throw. */
function readMember(run: Run, value: object, name: string): unknown {
  try {
    return Reflect.get(value, name);
  } catch (error) {
    run.fail("getter", error);
    return FAILED;
  }
}

/** `{"type":"Buffer","data":[..]}` and `{"0":1,"1":2,..}`. */
function isByteRecord(value: object): boolean {
  return ("type" in value && value.type === "Buffer" && "data" in value) || ("0" in value && "31" in value);
}

function redactEntries(
  run: Run,
  key: string,
  entries: Iterable<[unknown, unknown]>,
  depth: number,
  size: number,
): object {
  const out: Record<string, unknown> = {};
  let count = 0;
  for (const [rawName, member] of entries) {
    if (count++ >= run.policy.maxMembers || run.members++ > run.policy.maxMembers * 10) {
      run.truncated();
      out["..."] = TRUNCATED;
      break;
    }
    const name =
      typeof rawName === "string" ? rawName : typeof rawName === "number" ? String(rawName) : FAILED;
    const inherited = /^\d+$/.test(name) || NEUTRAL_NAMES.has(name) ? key : name;
    define(out, redactString(run, "key", name), redactValue(run, inherited, member, depth + 1));
  }
  if (size > count) out["..."] = TRUNCATED;
  return out;
}

/** Names that say nothing themselves: the key above counts. */
const NEUTRAL_NAMES = wordSet("value data raw hex bytes str string text v val default current");
