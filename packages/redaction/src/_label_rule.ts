import { hasPhrase, type KeyClass } from "./_classify_key.ts";
import { isHarmlessContainer } from "./_container.ts";
import { HAS_FLAG, HAS_LABEL, HAS_NON_ASCII, HAS_SEPARATOR, HAS_SPACE } from "./_features.ts";
import { LOCAL_ADDRESS } from "./_ip_rule.ts";
import { keyTokens } from "./_key_tokens.ts";
import { SECRET_PHRASES } from "./_key_words.ts";
import { findCells } from "./_label_cells.ts";
import { findProse, looksDrawn, phraseEnd } from "./_label_prose.ts";
import { matches } from "./_matches.ts";
import { nameBeside, VALUE_NAME } from "./_name_beside.ts";
import { isNotALabel } from "./_not_a_label.ts";
import { isHarmless, isWeakSecret } from "./_plausible.ts";
import { isProse } from "./_prose_value.ts";
import { isReference } from "./_references.ts";
import type { Rule, Scan } from "./_scan.ts";
import { textBefore } from "./_text_before.ts";
import { type Extent, valueExtent } from "./_value_extent.ts";
import { wordSet } from "./_word_set.ts";

/** Values by their label: `password: x`, `"apiKey":"x"`, `--secret x`, `with passphrase x`. */
export const labelRule: Rule = {
  id: "label",
  pack: "credentials",
  when: HAS_LABEL | HAS_NON_ASCII,
  find(scan) {
    if ((scan.flags & (HAS_SEPARATOR | HAS_NON_ASCII)) !== 0) findPairs(scan);
    findCells(scan);
    if ((scan.flags & HAS_SPACE) !== 0) {
      if ((scan.flags & HAS_FLAG) !== 0) findFlags(scan);
      findProse(scan);
    }
  },
};

const LOCATION = /(?:ur[il]|dsn|endpoint|connection[_ -]?string)$/i;
const URL_START = /^[a-z][a-z0-9+.-]{1,20}:\/\//i;
const PAIR = /[:=\uff1a\uff1d]/g;
const LINE_KEYS = /^(?:(?:proxy-)?authorization|(?:set-)?cookie|x-forwarded-authorization)$/i;

function findPairs(scan: Scan): void {
  const { text, policy } = scan;
  let skip = 0;
  let bareEnd = 0;
  // The name, the words before it and the field that may hold the name take less than 192 characters.
  for (const match of scan.matchesNearLabels(PAIR, 0, 192)) {
    const at = match.index;
    if (at < skip || isNoLabel(text, at)) continue;
    const key = readKey(text, at);
    if (key === undefined || isNotALabel(text, at, key.start)) continue;
    const read = classOfLabel(scan, key);
    if (read === undefined) continue;
    let from = at + 1;
    while (from < at + 3 && /[=>]/.test(text[from] ?? "")) from++;
    if (from < bareEnd && read.kind !== "secret") continue;
    const extent = valueAfter(text, from, LINE_KEYS.test(key.name), read.kind === "secret");
    if (extent === undefined) continue;
    if (!extent.quoted && !extent.container) bareEnd = extent.end;
    const end = judgePair(scan, read, key, extent);
    if (end > 0) skip = end;
  }
  function judgePair(s: Scan, read: KeyClass, key: Label, extent: Extent): number {
    const value = text.slice(extent.start, extent.end);
    // Of an address only the key in it is secret, and the rule for URLs finds that.
    if (read.kind === "secret" && policy.rpc && LOCATION.test(key.name) && URL_START.test(value)) return 0;
    if (read.kind === "secret") return hitSecret(s, read, extent, key.name);
    if (read.kind === "weak") {
      if (extent.container || !isWeakSecret(key.name, value) || policy.registry.has(value.toLowerCase()))
        return 0;
      // A parameter ends where the fragment of its URL begins.
      const hash = /[?&]/.test(text[key.start - 1] ?? "") ? value.indexOf("#") : -1;
      const end = hash < 0 ? extent.end : extent.start + hash;
      s.hit(extent.start, end, "label");
      return end;
    }
    if (
      !isPersonal(value, extent, key) ||
      (read.kind === "ip" && (value.includes("://") || LOCAL_ADDRESS.test(value)))
    )
      return 0;
    s.hit(value.startsWith("(") ? extent.start + 1 : extent.start, extent.end, "personal");
    return extent.end;
  }
}

/** The value of a label, which may stand alone in the next line as an answer to a prompt does. */
function valueAfter(text: string, from: number, line: boolean, secret: boolean): Extent | undefined {
  const extent = valueExtent(text, from, line);
  if (
    !secret ||
    text[from - 1] !== ":" ||
    extent === undefined ||
    extent.quoted ||
    extent.container ||
    !/^[|>]?[+-]?$/.test(text.slice(extent.start, extent.end))
  )
    return extent;
  // On the next line, in YAML perhaps after the sign of a block.
  const gap = /^[ \t]{0,4}(?:[|>][+-]?)?\r?\n[ \t]{0,16}/.exec(text.slice(from, from + 24))?.[0].length ?? 0;
  const next = gap === 0 ? undefined : valueExtent(text, from + gap, false);
  if (next === undefined || next.container) return extent;
  const alone = /^\s{0,16}(?:\r?\n|$)/.test(text.slice(next.end, next.end + 20));
  return alone && looksDrawn(text.slice(next.start, next.end), 6, next.quoted) ? next : extent;
}

/** "://" of a URL, the colons of times and of positions in a file, and what pads base64. */
function isNoLabel(text: string, at: number): boolean {
  if (text[at] === "=" && isPadding(text, at)) return true;
  const next = text.charCodeAt(at + 1);
  if (next === 47) return text.charCodeAt(at + 2) === 47;
  const before = text.charCodeAt(at - 1);
  return next > 47 && next < 58 && before > 47 && before < 58 && text[at] === ":";
}

const LONG_BASE64 = /[A-Za-z0-9+/]{40}$/;

/** The end of base64 may spell a label: the public key "MCow..2Pw5ECli39qOpw=" is none. */
function isPadding(text: string, at: number): boolean {
  const after = text[at + 1] === "=" ? at + 2 : at + 1;
  return !/[\w+/=]/.test(text[after] ?? " ") && LONG_BASE64.test(textBefore(text, at, 40));
}

interface Label {
  readonly name: string;
  readonly quoted: boolean;
  readonly start: number;
  /** The words before it, for labels such as "api key". */
  readonly before: string;
}

/** The class of a label, if the value matters: secret, weak or personal. */
function classOfLabel(scan: Scan, key: Label): KeyClass | undefined {
  const { policy } = scan;
  let read = policy.keyClass(
    VALUE_NAME.test(key.name) ? (nameBeside(scan.text, key.start) ?? key.name) : key.name,
  );
  if (TENSE.test(key.name) && hasPhrase(keyTokens(textBefore(scan.text, key.start, 48)), SECRET_PHRASES))
    read = policy.keyClass("token");
  if (read.kind !== "secret" && key.before !== "") {
    const longer = policy.keyClass(`${key.before} ${key.name}`);
    const fits = longer.kind === "public" || (longer.kind === "pii" && read.kind === "neutral");
    if (fits || (longer.kind === "secret" && endsPhrase(key))) read = longer;
  }
  if (read.kind === "secret" || read.kind === "weak") return read;
  if (read.kind === "pii") return policy.pii ? read : undefined;
  if (read.kind === "name") return policy.names ? read : undefined;
  if (read.kind === "ip") return policy.ip ? read : undefined;
  return undefined;
}

/** What was changed says which of two values this is, and the words before it of what. */
const TENSE = /^(?:old|new|prev(?:ious)?|current)$/i;

/** "secret sauce:" is not a secret; "api key:", "password for bob:" and "seed value:" are. */
function endsPhrase({ before, name }: Label): boolean {
  const tokens = keyTokens(`${before} ${name}`);
  if (/ (?:for|of)(?: |$)/.test(` ${before}`) || CONNECTORS.has(tokens.at(-1) ?? "")) return true;
  for (let size = 1; size < 4; size++) if (SECRET_PHRASES.has(tokens.slice(-size).join(" "))) return true;
  return false;
}

const CONNECTORS = wordSet("was value hex string text bytes given received entered here below follows");

/** Reads the name before a separator. */
function readKey(text: string, at: number): Label | undefined {
  let i = at - 1;
  while (i >= 0 && i > at - 4 && (text[i] === " " || text[i] === "\t")) i--;
  let quote = "";
  while (i >= 0 && i > at - 10 && /["'`\\\])*]/.test(text[i] ?? "")) {
    if (/["'`]/.test(text[i] ?? "")) quote = text[i] ?? "";
    i--;
  }
  const end = i + 1;
  if (quote !== "") {
    const open = text.lastIndexOf(quote, i);
    if (open >= 0 && end - open <= 80)
      return { name: text.slice(open + 1, end), quoted: true, start: open + 1, before: "" };
  }
  while (i >= 0 && i > end - 64 && /[\w\-.$\u00c0-\u1fff\u3040-\ufaff]/.test(text[i] ?? "")) i--;
  if (i + 1 === end) return undefined;
  const before =
    text[i] === " " ? /(?:[A-Za-z]{2,20} ){1,3}$/.exec(text.slice(Math.max(0, i - 48), i + 1)) : null;
  return { name: text.slice(i + 1, end), quoted: false, start: i + 1, before: before?.[0].trim() ?? "" };
}

/** Redacts the value of a secret label, unless it is a word of prose, a flag or an address. Returns its end, or 0. */
function hitSecret(scan: Scan, read: KeyClass, extent: Extent, label: string): number {
  const value = scan.text.slice(extent.start, extent.end);
  if (extent.container ? isHarmlessContainer(scan, value) : isHarmless(value)) return 0;
  if (!extent.quoted && isReference(scan.text, extent)) return 0;
  if (!extent.container && isProse(scan.text, extent, label)) return 0;
  let end = extent.end;
  if (!extent.quoted && !extent.container) end = extendBare(scan, read, extent);
  scan.hit(extent.start, end, "label");
  return end;
}

const SCHEME = /^(?:Bearer|Basic|Digest|Token|ApiKey|Negotiate|AWS4-HMAC-SHA256)$/i;

/** A bare value goes on after an authentication scheme, and over the words of a phrase. */
function extendBare(scan: Scan, read: KeyClass, extent: Extent): number {
  const { text } = scan;
  if (SCHEME.test(text.slice(extent.start, extent.end))) {
    return valueExtent(text, extent.end, false)?.end ?? extent.end;
  }
  return read.words ? phraseEnd(text, extent.start, extent.end) : extent.end;
}

const FLAG =
  /(?<![\w-])(?:--([a-z][\w-]{1,40})|-(pass(?:word|phrase)|\w{1,12}pass(?:word)?|secret|token|mnemonic|private-?key|api-?key))[ \t]{1,4}(?=[^\s-])/gi;

function findFlags(scan: Scan): void {
  for (const match of matches(scan.text, FLAG)) {
    const name = match[1] ?? match[2] ?? "";
    const read = scan.policy.keyClass(name);
    if (read.kind !== "secret" && !/(?:^|[-_])pass$/.test(name)) continue;
    const extent = valueExtent(scan.text, match.index + match[0].length, false);
    if (extent !== undefined) hitSecret(scan, read, extent, name);
  }
}

/** Personal values are numbers, dates and addresses, or stand in quotation marks after a quoted name. */
function isPersonal(value: string, extent: Extent, key: Label): boolean {
  if (extent.container || isHarmless(value)) return false;
  if (extent.quoted && key.quoted) return value.length > 1;
  return /[\d@]/.test(value) && value.length >= 4;
}
