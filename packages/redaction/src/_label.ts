import { ACCOUNTS, hasPhrase, isAccount, isPublicHex } from "./_classify_key.ts";
import { keyTokens } from "./_key_tokens.ts";
import { PUBLIC_PHRASES, SECRET_PHRASES } from "./_key_words.ts";
import { nameBeside, VALUE_NAME } from "./_name_beside.ts";
import type { Policy } from "./_policy.ts";
import { isInPublicColumn, isPublicPlace } from "./_public_place.ts";
import { textBefore } from "./_text_before.ts";
import { decodeView } from "./_view.ts";
import { wordSet } from "./_word_set.ts";

/**
 * What the text says about a value: nothing is undefined. What is `weak` is secret unless it is full of zeros or a
 * constant; under the name of an `account` it is public only if it is one of these.
 */
export type Verdict = "secret" | "weak" | "account" | "public" | undefined;

const WINDOW = 64;
const DIRECT =
  /([A-Za-z_$][\w\-.$]{0,60})["'`\\\s]{0,6}(?::=|=>|[:=])[\s"'`\\[({-]{0,24}(?:\d{1,3}[.)]\s)?(?:0[xX])?$/;
/** "Key (tx_hash)=(0x..) already exists", as PostgreSQL says. */
const UNIQUE = /Key \((\w{1,60})\)=\((?:0x)?$/;
/** Methods whose parameters are hashes, slots and topics. */
const PUBLIC_METHOD =
  /["'](?:eth_get(?:Transaction|Block|Uncle|Logs|RawTransaction|UserOperation)\w{0,40}|(?:trace|debug_trace|ots|erigon|arbtrace|zks_get)\w{1,40})["'][^}]{0,80}$/;
/** Methods whose first parameter is an account, though their names speak of what is public. */
const OF_ACCOUNT =
  /get(?:Storage|Proof|Transaction(?:Count|BySender))\w{0,16}(?:[\s"'`\\,:]{1,8}params)?["'`\\]{0,4}[\s:([]{1,6}[\\"'`]{0,4}(?:0[xX])?$/;
const PUBLIC_KEY = /\b(?:public|pub|verif\w{1,10})[ _-]?key\W{1,8}(?:0x)?$/i;
const ADJACENT = /(?:^|[\s"'`/([{<>|#=:_.\uff1a-])(?:0[xX])?$/;
const RIGHT =
  /^["'`)\]]{0,3}\s{0,2}[([]?(?:is (?:(?:not )?(?:the|an?) (?:valid )?)?)?(?:tx|txn|transaction|block|state ?root|merkle ?root|topic)(?![ _-]?(?:hash|id)?\s{0,2}[:=#]?\s{0,2}["'([]?0x)(?:[ _-]?(?:hash|id))?\b/i;
/** What happens to transactions and blocks only. */
const FATE =
  /^["'`)\]]{0,3}\s(?:(?:was|is|has been|got|to be)\s)?(?:mined|(?:included\s)?in\s(?:a\s)?block|to\s(?:the\s)?mempool|(?:not\s)?(?:yet\s)?confirmed|reverted|finali[sz]ed|orphaned)\b/i;

/** True for what a secret name says, weak ones too. */
export function saysSecret(verdict: Verdict): boolean {
  return verdict === "secret" || verdict === "weak";
}

/** True for what follows the account among the parameters of such a method: slots. */
export function isAfterAccount(text: string, start: number): boolean {
  return /get(?:Storage|Proof)[^{}]{1,250}$/.test(textBefore(text, start, 256));
}

/** Reads the label of the value that starts at a position: the name before it, else the words before it. */
export function labelBefore(text: string, start: number, policy: Policy): Verdict {
  const from = Math.max(0, start - WINDOW);
  const raw = text.slice(from, start);
  const window = /[&%\\]/.test(raw) ? (decodeView(raw)?.text ?? raw) : raw;
  if (OF_ACCOUNT.test(window)) return "account";
  const direct = DIRECT.exec(window) ?? UNIQUE.exec(window);
  if (direct?.[1] !== undefined) {
    const key = policy.keyClass((VALUE_NAME.test(direct[1]) && nameBeside(text, start)) || direct[1]);
    if (key.kind === "secret") return "secret";
    if (key.publicHex) return "public";
    if (isAccount(keyTokens(direct[1]))) return "account";
    if (direct[1] === "params" && PUBLIC_METHOD.test(textBefore(text, start, 160))) return "public";
    // `got: 0x..` says nothing, so the words before it are asked; a weak name such as `key` may not be public.
    if (key.kind === "weak")
      return PUBLIC_KEY.test(window) || isSlot(text, start, direct[1]) ? "public" : "weak";
  }
  const prose = ADJACENT.test(window) ? proseVerdict(window, from > 0, direct !== null) : undefined;
  if (prose !== undefined) return prose;
  const isPublic = isInPublicColumn(text, start) || (ADJACENT.test(window) && isPublicPlace(text, start));
  return isPublic ? "public" : undefined;
}

/** `"storageProof":[{"key":"0x..","value":"0x..","proof":[` */
function isSlot(text: string, start: number, name: string): boolean {
  return name === "key" && textBefore(text, start, 4096).includes("storageProof");
}

/** Reads the words after a value, such as "0x.. (tx hash)", or "0x.. reverted" unless that is said of an account. */
export function labelAfter(text: string, start: number, end: number): Verdict {
  const after = text.slice(end, end + 48);
  if (RIGHT.test(after)) return "public";
  if (!FATE.test(after)) return undefined;
  const before = keyTokens(textBefore(text, start, 32).replace(/0[xX]$/, "")).at(-1) ?? "";
  return ACCOUNTS.has(before) || AGENTS.has(before) ? undefined : "public";
}

/** What comes before whoever did something. */
const AGENTS = wordSet("by with using via");

function proseVerdict(window: string, cut: boolean, labelled: boolean): Verdict {
  const whole = cut ? window.replace(/^\w+/, "") : window;
  const clause = whole.slice(lastBoundary(whole));
  const tokens = keyTokens(clause);
  if (tokens.at(-1) === "x" && /0x$/i.test(clause)) tokens.length = Math.max(0, tokens.length - 2);
  if (speaksOfSecret(tokens)) return "secret";
  if (isPublicNear(clause, tokens.slice(labelled ? -4 : -3))) return "public";
  return speaksOfSecret(keyTokens(whole)) ? "secret" : undefined;
}

/** What one does with a transaction that is still to be made, before its name. */
const MAKING = wordSet(
  "send sending sent sign signing populate populating build building prepare preparing create creating simulate",
);

/** The words before a value name a hash, and no account stands between. */
function isPublicNear(clause: string, near: readonly string[]): boolean {
  if (!isPublicHex(near)) return false;
  for (let i = near.length - 1; i >= 0; i--) {
    const word = near[i] ?? "";
    // "changed from 0x.. to 0x..": no account.
    const isStep = /^(?:from|to)$/.test(word) && /(?:ed|went|now) (?:from|to)\W*(?:0x)?$/i.test(clause);
    if (ACCOUNTS.has(word) && !isStep) return false;
    if (!isPublicHex([word])) continue;
    const made = /^(?:tx|txn|transactions?)$/.test(word) && MAKING.has(near[i - 1] ?? "");
    return !(made && (i < near.length - 1 || /\($/.test(clause)));
  }
  return true;
}

/** Start of the last clause: commas, full stops and the like end what a label covers. */
function lastBoundary(window: string): number {
  let at = 0;
  for (let i = 0; i < window.length - 1; i++) {
    const c = window[i];
    if (c === "\n" || c === ";" || c === "}" || c === "|") at = i + 1;
    else if ((c === "." || c === ",") && /[\s"']/.test(window[i + 1] ?? "")) at = i + 1;
    else if (c === "&") at = i + 1;
  }
  return at;
}

function speaksOfSecret(tokens: readonly string[]): boolean {
  if (hasPhrase(tokens, PUBLIC_PHRASES)) return hasPhrase(tokens, SECRET_PHRASES);
  return hasPhrase(tokens, SECRET_PHRASES) || tokens.some((t) => SECRET_TOKENS.has(t));
}

const SECRET_TOKENS = wordSet("key keys seed seeds entropy priv pk sk");
