import type { KeyClass, KeyEntry } from "./_classify_key.ts";
import { isPublicConstant } from "./_constants.ts";
import { redactText } from "./_engine.ts";
import { areHexDigits } from "./_hex_digits.ts";
import { isAddress, isPlaceholder, isUuid, isWeakSecret } from "./_plausible.ts";
import type { Policy } from "./_policy.ts";
import { redactAsText } from "./_redact_as_text.ts";
import { redactList } from "./_redact_list.ts";
import { redactRich } from "./_redact_rich.ts";
import { FAILED, MARKER, TRUNCATED } from "./_resolve_policy.ts";
import type { Run } from "./_run.ts";

/** Redacts one value under a key. Returns the same value when there is nothing to remove. */
export function redactValue(run: Run, key: string, value: unknown, depth = 0): unknown {
  switch (typeof value) {
    case "string":
      return redactString(run, key, value);
    case "boolean":
    case "undefined":
      return value;
    case "number":
      return redactNumber(run, key, value);
    case "bigint":
      return redactBigint(run, key, value);
    case "object":
      if (value === null) return value;
      return redactMembers(run, key, value, depth);
    default:
      // Functions and symbols carry nothing that could be exported.
      return undefined;
  }
}

/** Even asking whether a revoked proxy is an array throws. */
function redactMembers(run: Run, key: string, value: object, depth: number): unknown {
  try {
    if (run.policy.keyClass(key) === run.policy.allowed) return value;
    const isList = Array.isArray(value);
    const result = isList ? redactList(run, key, value, depth) : redactRich(run, key, value, depth);
    // Lists of texts are attributes as they stand; what holds records is read as a whole too.
    const isRecord = depth === 0 && typeof result === "object" && result !== null;
    return isRecord && (!isList || typeof value[0] === "object") ? redactAsText(run, key, result) : result;
  } catch (error) {
    run.fail("object", error);
    return FAILED;
  }
}

/** Redacts a string under a key. */
export function redactString(run: Run, key: string, value: string): string {
  const { policy } = run;
  const read = policy.keyClass(key);
  if (read.clean.has(value) || read === policy.allowed) return value;
  try {
    if (value.length > policy.maxLength) return redactLong(run, key, read, value);
    const whole = redactWhole(run, read, key, value) ?? redactShape(run, read, value);
    if (whole !== undefined) {
      if (whole === value && mayRemember(policy, value)) read.clean.add(value);
      return whole;
    }
    if (!run.mayRead(value.length)) return TRUNCATED;
    const redacted = redactText(value, policy, read, key, run);
    if (redacted === value && mayRemember(policy, value)) read.clean.add(value);
    return redacted;
  } catch (error) {
    run.fail("string", error);
    return FAILED;
  }
}

/** Whether a value derives a known signer may be left open when too many are asked at once: that is no verdict. */
function mayRemember(policy: Policy, value: string): boolean {
  return value.length < 62 || policy.signers.size === 0;
}

/** Addresses, UUIDs and 32-byte values that are the whole value, without the rules for running text. */
function redactShape(run: Run, read: KeyEntry, value: string): string | undefined {
  const { policy } = run;
  if (policy.bank.size > 0 || policy.hasCustomRules) return undefined;
  if (isUuid(value)) return value;
  if (value.charCodeAt(0) !== 48) return undefined;
  if (value.length === 42) return isAddress(value) ? value : undefined;
  if (value.length !== 66 || !policy.wallet) return undefined;
  // The registry takes nothing but hashes, and reads the digits once.
  const fed = read.feeds && policy.registry.add(value);
  if (!fed && !isHash(value)) return undefined;
  const isPublic = fed || read.publicHex || policy.registry.has(value);
  if (isPublic && policy.signers.size === 0) return value;
  const hex = value.slice(2).toLowerCase();
  if (isPublic ? !policy.signers.derives(hex) : isPublicConstant(hex)) return value;
  run.hit("private-key", value, false);
  return policy.replacement(value, undefined);
}

function isHash(value: string): boolean {
  return (value.charCodeAt(1) | 32) === 120 && areHexDigits(value, 2, 66);
}

/** A value whose key alone decides. */
function redactWhole(run: Run, read: KeyClass, key: string, value: string): string | undefined {
  const { policy } = run;
  const rule = ruleOfKey(policy, read, key, value);
  if (rule === undefined || value === "") return undefined;
  if (policy.isMarker(value) || isPlaceholder(value)) return undefined;
  run.hit(rule, value);
  return policy.replacement(value, undefined);
}

function ruleOfKey(policy: Policy, read: KeyClass, key: string, value: string): string | undefined {
  if (read === policy.denied) return "deny-keys";
  switch (read.kind) {
    case "secret":
      return isAddress(value) || value.includes("://") ? undefined : "key";
    case "weak":
      return isWeakSecret(key, value) ? "key" : undefined;
    case "pii":
      return policy.pii && !isAddress(value) ? "personal" : undefined;
    case "name":
      return policy.names ? "name" : undefined;
    default:
      return undefined;
  }
}

/** Reads the head; the tail is dropped, and with it what the cut may have left of a secret at the end of the head. */
function redactLong(run: Run, key: string, read: KeyClass, value: string): string {
  const { policy } = run;
  if (!run.mayRead(policy.maxLength)) return TRUNCATED;
  run.truncated();
  let end = policy.maxLength;
  const floor = end - 512;
  while (end > floor && !/\s/.test(value[end - 1] ?? "")) end--;
  const head = value.slice(0, end);
  const whole = redactWhole(run, read, key, head);
  if (whole !== undefined) return whole + TRUNCATED;
  return redactText(head, policy, read, key, run) + TRUNCATED;
}

function redactNumber(run: Run, key: string, value: number): number | string {
  const { kind } = run.policy.keyClass(key);
  if (kind !== "secret" && !(kind === "pii" && run.policy.pii)) return value;
  run.hit(kind === "secret" ? "key" : "personal", String(value));
  return MARKER;
}

function redactBigint(run: Run, key: string, value: bigint): bigint | string {
  const { kind } = run.policy.keyClass(key);
  const hex = value.toString(16);
  const secret =
    kind === "secret" ||
    (hex.length > 56 && hex.length <= 64 && run.policy.signers.derives(hex.padStart(64, "0")));
  if (!secret) return value;
  run.hit("key", value.toString());
  return MARKER;
}
