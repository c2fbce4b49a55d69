import { isCard } from "./_card.ts";
import { HAS_AT, HAS_COUNTRY, HAS_LONG_NUMBER, HAS_NUMBER, HAS_PERSON } from "./_features.ts";
import { matches } from "./_matches.ts";
import { hasIbanChecksum, IBAN_LENGTHS } from "./_personal_checks.ts";
import { isOpaque } from "./_plausible.ts";
import type { Rule, Scan } from "./_scan.ts";
import { textBefore } from "./_text_before.ts";

const PHONE = /(?<![\w+])\+[1-9]\d{0,2}[ ().\-\d]{5,22}\d(?![\w])/g;
const LABELLED_PHONE =
  /(?:phone|mobile|tel|call|sms|text|whatsapp|fax|contact|msisdn)\w{0,8}[\s:=#]{1,4}(?:(?:to|at|no|number)[\s:.]{1,3})?(\(?\d[\d ().-]{6,18}\d)(?![\w])/gi;
const NORTH_AMERICAN = /(?<![\w.+-])\(\d{3}\) ?\d{3}[-. ]\d{4}(?![\w-])/g;
const CARD = /(?<![\w.$-])\d(?:[ -]?\d){12,18}(?![\w.-])/g;
const IBAN = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,32}/g;
const SSN = /(?<![\w-])(?!000|666|9)\d{3}[- ](?!00)\d{2}[- ](?!0000)\d{4}(?![\w-])/g;
const DOCUMENT =
  /(?:[Pp]assport|PASSPORT|[Dd]riv\w{1,6}(?:'s)? [Ll]icen[cs]e|[Nn]ational [Ii][Dd]|[Ii][Dd] [Cc]ard|[Ii]dentity [Cc]ard|[Tt]ax [Ii][Dd]|[Dd]ocument (?:[Nn]o|[Nn]umber)|[Ll]icen[cs]e [Nn]umber)(?: (?:no|nr|number|num|id|No|Number))?[.:#]{0,2}\s{1,2}([A-Z0-9][A-Z0-9-]{5,14})(?![\w])/g;
const BIRTH =
  /(?:\bdob\b|birth(?:day|date)?|\bborn\b)[\s:=]{1,3}(?:on )?(\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})/gi;

/** E-mail addresses, telephone numbers, cards, accounts and identity documents in a text. */
export const personalRule: Rule = {
  id: "personal",
  pack: "pii",
  when: HAS_AT | HAS_COUNTRY | HAS_LONG_NUMBER | HAS_NUMBER | HAS_PERSON,
  find(scan) {
    if ((scan.flags & HAS_AT) !== 0) findMail(scan);
    if ((scan.flags & HAS_PERSON) !== 0) findLabelled(scan);
    if ((scan.flags & HAS_NUMBER) !== 0) findPhones(scan);
    const { text } = scan;
    if ((scan.flags & HAS_COUNTRY) !== 0) for (const m of matches(text, IBAN)) findIban(scan, m.index, m[0]);
    if ((scan.flags & HAS_LONG_NUMBER) === 0) return;
    for (const m of matches(text, CARD)) if (isCard(scan, m.index, m[0])) hit(scan, m.index, m[0]);
    for (const m of matches(text, SSN)) hit(scan, m.index, m[0]);
  },
};

function findPhones(scan: Scan): void {
  const { text } = scan;
  if (text.includes("+")) for (const m of matches(text, PHONE)) if (isPhone(m[0])) hit(scan, m.index, m[0]);
  if (text.includes("(")) for (const m of matches(text, NORTH_AMERICAN)) hit(scan, m.index, m[0]);
}

function findLabelled(scan: Scan): void {
  const { text } = scan;
  // A passport number may have few digits; the others have many.
  const patterns = (scan.flags & HAS_NUMBER) === 0 ? [DOCUMENT, BIRTH] : [LABELLED_PHONE, DOCUMENT, BIRTH];
  for (const pattern of patterns) {
    for (const m of matches(text, pattern)) {
      const value = m[1] ?? "";
      if (/\d/.test(value)) hit(scan, m.index + m[0].length - value.length, value);
    }
  }
}

function hit(scan: Scan, at: number, value: string): void {
  scan.hit(at, at + value.length, "personal");
}

const LOCAL = /[A-Za-z0-9._%+\-!#$&'*/=?^{|}~\u00a1-\uffff]/;
const HOST =
  /^[A-Za-z0-9\u00a1-\uffff](?:[A-Za-z0-9\u00a1-\uffff-]{0,63}\.){1,8}[A-Za-z\u00a1-\uffff]{2,24}(?![\w-])/;
/** Accounts of machines. */
const MACHINE = /^(?:git|root|postgres|admin|user|node|npm|ubuntu|ec2-user)$/i;

function findMail(scan: Scan): void {
  const { text } = scan;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    let start = at;
    while (start > 0 && at - start < 64 && LOCAL.test(text[start - 1] ?? "")) start--;
    // Quotation marks, slashes and equals signs may belong to a local part, but hardly ever do.
    start += /^.*(?:[/=?&{|}]|(?<![A-Za-z])')/.exec(text.slice(start, at))?.[0].length ?? 0;
    const host = HOST.exec(text.slice(at + 1, at + 200));
    if (start === at || host === null || MACHINE.test(text.slice(start, at))) continue;
    if (NO_DOMAIN.test(host[0])) continue;
    // @name@host is how the Fediverse writes a public account.
    if (text[start - 1] === "@" && !/[\w.-]/.test(text[start - 2] ?? "")) continue;
    // user:token@host is a login to a host: the host stays.
    if (text[start - 1] === ":" && isOpaque(text.slice(start, at))) {
      hit(scan, start, text.slice(start, at));
      continue;
    }
    // What stands before the host of a URL is user info, which the URL rule removes without the host.
    if (/:\/\/[^\s/]*$/.test(textBefore(text, start, 80))) continue;
    hit(scan, start, text.slice(start, at + 1 + host[0].length));
  }
}

/** Names of files (`icon@2x.png`), and what no domain ends in. */
const NO_DOMAIN =
  /^\dx\.|\.(?:png|jpe?g|gif|webp|svg|avif|ico|css|[cm]?[jt]sx?|mp[34]|webm|wav|json|ya?ml|toml|lock|tgz|zip|prod|staging)$|^v\d/i;

function isPhone(value: string): boolean {
  const digits = value.replace(/\D/g, "");
  return digits.length >= 8 && digits.length <= 15 && !/0{6}/.test(digits);
}

function findIban(scan: Scan, at: number, value: string): void {
  const wanted = IBAN_LENGTHS.get(value.slice(0, 2));
  if (wanted === undefined) return;
  let end = 0;
  for (let digits = 0; end < value.length && digits < wanted; end++) if (value[end] !== " ") digits++;
  const candidate = value.slice(0, end);
  if (/[A-Z0-9]/.test(scan.text[at + end] ?? "")) return;
  if (hasIbanChecksum(candidate.replaceAll(" ", ""), wanted)) hit(scan, at, candidate);
}
