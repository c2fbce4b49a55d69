import { createHmac } from "node:crypto";
import { compileCustomRule } from "./_compile_custom_rule.ts";
import { HAS_ESCAPE } from "./_features.ts";
import { ALLOWED_KEY, createKeyEngine, DENIED_KEY } from "./_key_engine.ts";
import { keyPattern } from "./_key_pattern.ts";
import { KnownSigners } from "./_known_signers.ts";
import type { Policy } from "./_policy.ts";
import { PublicRegistry } from "./_public_registry.ts";
import { RULES } from "./_rules.ts";
import { SecretBank } from "./_secret_bank.ts";
import { addWordList } from "./_word_lists.ts";
import type { RedactionOptions, RedactionPack } from "./redaction_options.ts";

const DEFAULT_PACKS: readonly RedactionPack[] = ["wallet", "rpc", "credentials", "pii", "signatures"];
const ALL_PACKS: readonly RedactionPack[] = [...DEFAULT_PACKS, "ip", "names"];

/** Marker of what was removed. */
export const MARKER = "[REDACTED]";
/** Marker of what could not be examined. */
export const FAILED = "[redaction failed]";
/** Marker in place of a tail that was not read. */
export const TRUNCATED = "[truncated by redaction]";

/** Turns options into a policy; throws on what cannot be meant. */
export function resolvePolicy(options: RedactionOptions): Policy {
  const packs = new Set<string>(options.packs === "all" ? ALL_PACKS : (options.packs ?? DEFAULT_PACKS));
  for (const pack of packs) {
    if (ALL_PACKS.some((known) => known === pack)) continue;
    throw new RangeError(
      `Cannot create the redactor as 'packs' must be of ${ALL_PACKS.join(", ")}: current value is ${pack}`,
    );
  }
  const bank = new SecretBank();
  for (const secret of options.secrets ?? []) bank.add(secret);
  const registry = new PublicRegistry(options.limits?.maxHashes ?? 10_000);
  for (const hash of options.publicHashes ?? []) registry.add(hash);
  const signers = new KnownSigners();
  for (const address of options.knownSigners ?? []) signers.add(address);
  for (const list of options.wordLists ?? []) addWordList(list);
  const keys = createKeyEngine(options);
  const custom = (options.rules ?? []).map(compileCustomRule);
  const rules = [...RULES.filter((rule) => packs.has(rule.pack)), ...custom];
  return {
    packs: ALL_PACKS.filter((pack) => packs.has(pack)),
    rules,
    when: rules.reduce((mask, rule) => mask | (rule.when === 0 ? ~0 : rule.when), HAS_ESCAPE),
    bank,
    registry,
    signers,
    keepSignatures: options.signatures === "keep" || !packs.has("signatures"),
    wallet: packs.has("wallet"),
    rpc: packs.has("rpc"),
    pii: packs.has("pii"),
    names: packs.has("names"),
    ip: packs.has("ip"),
    hasCustomRules: custom.length > 0,
    readsAll: rules.some((rule) => rule.when === 0),
    maxLength: options.limits?.maxLength ?? 131_072,
    maxDepth: options.limits?.maxDepth ?? 3,
    maxMembers: options.limits?.maxMembers ?? 1000,
    maxNesting: options.limits?.maxNesting ?? 12,
    maxWork: options.limits?.maxWork ?? 1_048_576,
    allowed: ALLOWED_KEY,
    denied: DENIED_KEY,
    keyClass: keys.keyClass,
    forget: keys.forget,
    mayLeave: options.onlyKeys === undefined ? () => true : keyPattern(options.onlyKeys),
    isMarker,
    replacement: replacementOf(options),
  };
}

const MARKERS =
  /^\[(?: ?REDACTED ?|REDACTED:[0-9a-f]{8}|redaction failed|mnemonic \d{1,2}w|raw tx 0x[0-9a-f]{64}|Wallet 0x[0-9a-fA-F]{40}|truncated by redaction)\]$|^REDACTED$|^\*{8}$|^\?$/;

function isMarker(text: string): boolean {
  return text.length < 90 && MARKERS.test(text);
}

function replacementOf(options: RedactionOptions): Policy["replacement"] {
  const { mode = "remove", tagKey } = options;
  if (mode === "remove") return (_secret, standIn) => standIn ?? MARKER;
  if (mode === "mask") return (_secret, standIn) => standIn ?? "********";
  if (tagKey === undefined || tagKey.length < 16) {
    throw new RangeError(
      `Cannot create the redactor as 'tagKey' must be at least 16 characters in mode "tag": current length is ${tagKey?.length ?? 0}`,
    );
  }
  return (secret, standIn) =>
    standIn ?? `[REDACTED:${createHmac("sha256", tagKey).update(secret).digest("hex").slice(0, 8)}]`;
}
