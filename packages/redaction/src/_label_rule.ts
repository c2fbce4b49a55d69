import type { KeyClass } from "./_classify_key.ts";
import { HAS_LABEL, HAS_NON_ASCII, HAS_SEPARATOR, HAS_SPACE } from "./_features.ts";
import { keyTokens } from "./_key_tokens.ts";
import { SECRET_PHRASES } from "./_key_words.ts";
import { findCells } from "./_label_cells.ts";
import { isAddress, isOpaque, isPlaceholder, isWeakSecret } from "./_plausible.ts";
import type { Rule, Scan } from "./_scan.ts";
import { type Extent, valueExtent } from "./_value_extent.ts";
import { isListedWord } from "./_words.ts";

/** Values by their label: `password: x`, `"apiKey":"x"`, `--secret x`, `with passphrase x`. */
export const labelRule: Rule = {
  id: "label",
  pack: "credentials",
  when: HAS_LABEL | HAS_NON_ASCII,
  find(scan) {
    if ((scan.flags & (HAS_SEPARATOR | HAS_NON_ASCII)) !== 0) findPairs(scan);
    findCells(scan);
    if ((scan.flags & HAS_SPACE) !== 0) {
      if (scan.text.includes("--")) findFlags(scan);
      findProse(scan);
    }
  },
};

const PAIR = /[:=\uff1a\uff1d]/g;
const LINE_KEYS =
  /^(?:(?:proxy-)?authorization|(?:set-)?cookie|x-forwarded-authorization|x-amz-security-token)$/i;

function findPairs(scan: Scan): void {
  const { text, policy } = scan;
  let skip = 0;
  let bareEnd = 0;
  for (const match of text.matchAll(PAIR)) {
    const at = match.index;
    if (at < skip || isNoLabel(text, at)) continue;
    const key = readKey(text, at);
    if (key === undefined) continue;
    const read = classOfLabel(scan, key);
    if (read === undefined) continue;
    let from = at + 1;
    while (from < at + 3 && /[=>]/.test(text[from] ?? "")) from++;
    if (from < bareEnd && read.kind !== "secret") continue;
    const extent = valueExtent(text, from, LINE_KEYS.test(key.name));
    if (extent === undefined) continue;
    if (!extent.quoted && !extent.container) bareEnd = extent.end;
    const end = judgePair(scan, read, key, extent);
    if (end > 0) skip = end;
  }
  function judgePair(s: Scan, read: KeyClass, key: Label, extent: Extent): number {
    if (read.kind === "secret") return hitSecret(s, read, extent);
    const value = text.slice(extent.start, extent.end);
    if (read.kind === "weak") {
      if (extent.container || !isWeakSecret(key.name, value) || policy.registry.has(value.toLowerCase()))
        return 0;
      s.hit(extent.start, extent.end, "label");
      return extent.end;
    }
    if (!isPersonal(value, extent, key)) return 0;
    s.hit(extent.start, extent.end, "personal");
    return extent.end;
  }
}

/** "://" of a URL, and the colons of times and of positions in a file. */
function isNoLabel(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  if (next === 47) return text.charCodeAt(at + 2) === 47;
  const before = text.charCodeAt(at - 1);
  return next > 47 && next < 58 && before > 47 && before < 58 && text[at] === ":";
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
  let read = policy.keyClass(NAMELESS.test(key.name) ? nameBefore(scan.text, key) : key.name);
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

/** The "value" of a pair of fields belongs to the name in the other field. */
const NAMELESS = /^(?:value|val|v|content|string)$/i;
const NAME_FIELD =
  /["']?\b(?:name|key|field|header|param|parameter|variable|label|option|k)["']?\s{0,2}[:=]\s{0,2}["']?([\w.-]{1,64})["']?[\s,;]{1,10}["']?$/i;

function nameBefore(text: string, key: Label): string {
  return NAME_FIELD.exec(text.slice(Math.max(0, key.start - 110), key.start))?.[1] ?? key.name;
}

/** "secret sauce:" is not a secret; "api key:", "password for bob:" and "seed value:" are. */
function endsPhrase({ before, name }: Label): boolean {
  const tokens = keyTokens(`${before} ${name}`);
  if (/ (?:for|of)(?: |$)/.test(` ${before}`) || CONNECTORS.has(tokens.at(-1) ?? "")) return true;
  for (let size = 1; size < 4; size++) if (SECRET_PHRASES.has(tokens.slice(-size).join(" "))) return true;
  return false;
}

const CONNECTORS = new Set(
  "is was value hex string text b64 base64 bytes given provided received used entered here below follows".split(
    " ",
  ),
);

/** Reads the name before a separator. */
function readKey(text: string, at: number): Label | undefined {
  let i = at - 1;
  while (i >= 0 && i > at - 4 && (text[i] === " " || text[i] === "\t")) i--;
  let quote = "";
  while (i >= 0 && i > at - 10 && /["'`\\\])]/.test(text[i] ?? "")) {
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
function hitSecret(scan: Scan, read: KeyClass, extent: Extent): number {
  const value = scan.text.slice(extent.start, extent.end);
  if (!extent.container && (isPlaceholder(value) || isAddress(value))) return 0;
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

/** End of the list words that start here; one other word may stand among them while the phrase is short. */
function phraseEnd(text: string, start: number, end: number): number {
  let at = end;
  let listed = 0;
  let missedTo = 0;
  for (const word of text.slice(start, start + 320).matchAll(/[\s,]{1,3}(\p{L}{2,24})|^\p{L}{2,24}/gu)) {
    const from = start + word.index;
    const stop = from + word[0].length;
    if (from > Math.max(at, missedTo)) break;
    if (isListedWord(word[1] ?? word[0])) {
      at = Math.max(at, stop);
      listed++;
    } else if (missedTo > at || listed >= 12) break;
    else missedTo = stop;
  }
  return at;
}

const FLAG = /--?([A-Za-z][\w-]{1,40})[ \t]{1,4}(?=[^\s-])/g;

function findFlags(scan: Scan): void {
  for (const match of scan.text.matchAll(FLAG)) {
    const read = scan.policy.keyClass(match[1] ?? "");
    if (read.kind !== "secret" && !/(?:^|[-_])pass$/.test(match[1] ?? "")) continue;
    const extent = valueExtent(scan.text, match.index + match[0].length, false);
    if (extent !== undefined) hitSecret(scan, read, extent);
  }
}

const PROSE =
  /(?<![A-Za-z])(?:private[ _-]?keys?|priv[ _-]?key|secret[ _-]?keys?|sign(?:ing|er)[ _-]key|seed(?:[ _-]phrase)?|recovery[ _-]?phrase|backup[ _-]?phrase|mnemonic(?:[ _-]phrase)?|pass(?:word|phrase|wd|code)|pwd|api[ _-]?key|(?:access|auth|session|refresh|bearer)[ _-]?token|client[ _-]secret|secret|bearer|basic|pin|otp|token|code|requirepass|masterauth)(?![A-Za-z])/gi;

const ONE_TIME =
  /\b(?:your|verification|security|login|sign-in|one-time|sms|2fa|mfa|authentication|confirmation|access)\s(?:\w{2,16}\s)?(?:code|pin|password|passcode|otp)(?:\s(?:is|was)|:)?\s{1,2}(\d{4,8})\b/gi;

/** "with password hunter2", "seed phrase is ..", "bad seed "..": the value follows without a separator. */
function findProse(scan: Scan): void {
  const { text } = scan;
  for (const m of text.matchAll(ONE_TIME)) {
    const end = m.index + m[0].length;
    scan.hit(end - (m[1] ?? "").length, end, "label");
  }
  // A phrase is decided as a whole before the labels that its words may be ("seed", "secret") are looked at.
  const phrases = scan.hits.filter((hit) => hit.rule === "mnemonic");
  let next = 0;
  for (const match of text.matchAll(PROSE)) {
    while (next < phrases.length && (phrases[next]?.end ?? 0) <= match.index) next++;
    if ((phrases[next]?.start ?? text.length) <= match.index) continue;
    const after = match.index + match[0].length;
    const link = /^["'`)]?\s{1,3}(?:(?:is|was|of|as|=>|->|\u2192)\s{1,3})?/.exec(
      text.slice(after, after + 16),
    );
    if (link === null) continue;
    const extent = valueExtent(text, after + link[0].length, false);
    if (extent === undefined || extent.container) continue;
    judgeProse(scan, match[0].toLowerCase(), extent);
  }
}

function judgeProse(scan: Scan, label: string, extent: Extent): void {
  const value = scan.text.slice(extent.start, extent.end);
  if (isPlaceholder(value) || isAddress(value) || scan.policy.registry.has(value.replace(/^0x/, ""))) return;
  if (/mnemonic|seed|phrase/.test(label)) {
    const end = phraseEnd(scan.text, extent.start, extent.start);
    const words = scan.text.slice(extent.start, end).split(/[\s,]+/).length;
    if (words >= 6) scan.hit(extent.start, end, "mnemonic", `[mnemonic ${words}w]`);
    else if (/^(?:0x)?[0-9a-f]{24,}$/i.test(value)) scan.hit(extent.start, extent.end, "seed");
    return;
  }
  const least = /token|bearer|basic|secret$|code|otp|pin/.test(label) ? 12 : 6;
  if (looksDrawn(value, least, extent.quoted)) scan.hit(extent.start, extent.end, "label");
}

/** Without a separator only what does not read as a word is taken for a value. */
function looksDrawn(value: string, least: number, quoted: boolean): boolean {
  if (value.length < least || /\s/.test(value) || /^https?:\/\//i.test(value)) return false;
  if (least >= 12) return isOpaque(value, least);
  if (quoted) return true;
  if (/[a-z][A-Z].*[A-Z]/.test(value)) return true;
  return /\d/.test(value) ? /[A-Za-z!@#$%^&*_]/.test(value) : /[!@#$%^&*+=~]/.test(value);
}

/** Personal values are numbers, dates and addresses, or stand in quotation marks after a quoted name. */
function isPersonal(value: string, extent: Extent, key: Label): boolean {
  if (extent.container || isPlaceholder(value) || isAddress(value)) return false;
  if (extent.quoted && key.quoted) return value.length > 1;
  return /[\d@]/.test(value) && value.length >= 4;
}
