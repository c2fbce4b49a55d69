import { matches } from "./_matches.ts";
import { isHarmless, isOpaque } from "./_plausible.ts";
import { isReference } from "./_references.ts";
import type { Scan } from "./_scan.ts";
import { type Extent, valueExtent } from "./_value_extent.ts";
import { isListedWord } from "./_words.ts";

const PROSE =
  /(?:private[ _-]?keys?|priv[ _-]?key|secret[ _-]?keys?|sign(?:ing|er)[ _-]key|seed(?:[ _-]phrase)?|recovery[ _-]?phrase|backup[ _-]?phrase|mnemonic(?:[ _-]phrase)?|pass(?:word|phrase|wd|code)|pwd|(?:api|rpc|infura|alchemy|etherscan|quicknode|ankr|moralis|pinata|opensea)[ _-]?key|(?:access|auth|session|refresh|bearer)[ _-]?token|client[ _-]secret|secret|bearer|basic|pin|otp|token|code|requirepass|masterauth)(?![A-Za-z])/gi;

const ONE_TIME =
  /\b(?:otp|(?:your|verification|security|login|sign-in|one-time|sms|2fa|mfa|authentication|confirmation|access)\s(?:\w{2,16}\s)?(?:code|pin|password|passcode|otp))(?:\s(?:is|was)|:)?\s{1,2}(\d{4,8})\b/gi;

/** "with password hunter2", "seed phrase is ..", "bad seed "..": the value follows without a separator. */
export function findProse(scan: Scan): void {
  const { text } = scan;
  for (const m of scan.matchesNearLabels(ONE_TIME, 48, 24)) {
    const end = m.index + m[0].length;
    scan.hit(end - (m[1] ?? "").length, end, "label");
  }
  findForeign(scan);
  // A phrase is decided as a whole before the labels that its words may be ("seed", "secret") are looked at.
  const phrases = scan.hits.filter((hit) => hit.rule === "mnemonic");
  let next = 0;
  for (const match of scan.matchesNearLabels(PROSE, 24, 24)) {
    while (next < phrases.length && (phrases[next]?.end ?? 0) <= match.index) next++;
    if ((phrases[next]?.start ?? text.length) <= match.index) continue;
    if (/[a-z]/i.test(text[match.index - 1] ?? "") && !/[A-Z]/.test(text[match.index] ?? "")) continue;
    const after = match.index + match[0].length;
    const link =
      /^["'`)]?\s{1,3}(?:(?:used|tried|entered|set|changed|supplied|presented|provided|received|given|sent|rotated|refreshed|replaced)\s)?(?:(?:is|was|of|as|to|from|=>|->|\u2192)\s{1,3})?/.exec(
        text.slice(after, after + 32),
      );
    // The last name in the first line of a table: the cells below it are read by column.
    if (link === null || (link[0].includes("\n") && /[,;|\t]/.test(text[match.index - 1] ?? ""))) continue;
    const extent = valueExtent(text, after + link[0].length, false);
    if (extent === undefined || extent.container) continue;
    judgeProse(scan, match[0].toLowerCase(), extent);
    // "changed from X to Y"
    const joint = /from/.test(link[0])
      ? /^["'`]?\s(?:to|->)\s/.exec(text.slice(extent.end, extent.end + 6))
      : null;
    const other = joint === null ? undefined : valueExtent(text, extent.end + joint[0].length, false);
    if (other !== undefined && !other.container) judgeProse(scan, match[0].toLowerCase(), other);
  }
}

/** Labels of other languages, whose adjectives and objects stand between them and the colon. */
const FOREIGN =
  /(?:passwort|kennwort|contrase(?:n|ñ)a|mot de passe|senha|parola d'ordine|nuova password|has[lł]o|wachtwoord|парол|密[码碼]|口令|パスワード|비밀번호|(?:clave|cl[eé]|chave|chiave)\s(?:de\s|d')?API|API[- ]?(?:schlüssel|キー|ключ)|ключ API|zugangstoken|jeton d'acc[eè]s)(?=[^\n]{0,160}\d)[^\n:\uff1a=是は]{0,48}[:\uff1a=是は]\s{0,2}(?=\S)/giu;

function findForeign(scan: Scan): void {
  for (const match of scan.matchesNearLabels(FOREIGN, 24, 256)) {
    const extent = valueExtent(scan.text, match.index + match[0].length, false);
    if (extent === undefined || extent.container) continue;
    const value = scan.text.slice(extent.start, extent.end);
    if (looksDrawn(value, 6, extent.quoted) && !isHarmless(value) && !isReference(scan.text, extent))
      scan.hit(extent.start, extent.end, "label");
  }
}

function judgeProse(scan: Scan, label: string, extent: Extent): void {
  const value = scan.text.slice(extent.start, extent.end);
  if (!extent.quoted && isReference(scan.text, extent)) return;
  // The name of what comes next: `autocomplete="..`, `(argument="..`
  if (/^\(?[\w-]{1,40}=$/.test(value)) return;
  if (isHarmless(value) || scan.policy.registry.has(value.replace(/^0x/, ""))) return;
  if (/mnemonic|seed|(?<!pass)phrase/.test(label)) {
    const end = phraseEnd(scan.text, extent.start, extent.start);
    const words = scan.text.slice(extent.start, end).split(/[\s,]+/).length;
    if (words >= (isEven(scan.text.slice(extent.start, end)) ? 6 : 10))
      scan.hit(extent.start, end, "mnemonic", `[mnemonic ${words}w]`);
    else if (/^(?:0x)?[0-9a-f]{24,}$/i.test(value)) scan.hit(extent.start, extent.end, "seed");
    return;
  }
  const least = /token|bearer|basic|secret$|(?<!pass)code|otp|pin/.test(label) ? 12 : 6;
  if (looksDrawn(value, least, extent.quoted)) scan.hit(extent.start, extent.end, "label");
}

/** One separator throughout, as in a phrase: a sentence has a comma here and there. */
function isEven(words: string): boolean {
  return !words.includes(",") || !/[^,\s]\s/.test(words);
}

/** Without a separator only what does not read as a word is taken for a value. */
export function looksDrawn(value: string, least: number, quoted: boolean): boolean {
  // Words in quotation marks are a passphrase if a number is among them.
  if (quoted && least < 12 && /\s/.test(value)) return value.length < 65 && /\d/.test(value);
  if (value.length < least || /\s/.test(value) || PATH.test(value)) return false;
  if (least >= 12) return isOpaque(value, least);
  if (quoted) return true;
  if (/[a-z][A-Z].*[A-Z]/.test(value)) return true;
  return /\d/.test(value) ? /[A-Za-z!@#$%^&*_]/.test(value) : /[!@#$%^&*+=~]/.test(value);
}

const PATH =
  /\]\(#[\w-]{1,64}\)?$|^\(?(?:https?:\/\/|file:|node:|\.{0,2}\/(?=[\w.@-]{1,64}(?:\/|\.[a-z]{1,5}(?!\w)))|[A-Z]:\\|[a-z]\w{0,24}\([A-Za-z_,.\s]{0,40}\)?$)|\.(?:[cm]?[jt]sx?|sol|py|go|rs)(?::\d|\)|$)/i;

/** End of the list words that start here; one other word may stand among them while the phrase is short. */
export function phraseEnd(text: string, start: number, end: number): number {
  let at = end;
  let listed = 0;
  let missedTo = 0;
  let lines = false;
  for (const word of matches(text.slice(start, start + 320), /[\s,]{1,3}(\p{L}{2,24})|^\p{L}{2,24}/gu)) {
    // A whole phrase in one line does not go on in the next.
    const breaks = /\n/.test(word[0]);
    if (breaks && !lines && listed > 11 && listed % 3 === 0) break;
    lines ||= breaks;
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
