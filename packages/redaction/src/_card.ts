import { hasLuhn } from "./_personal_checks.ts";
import type { Scan } from "./_scan.ts";
import { textBefore } from "./_text_before.ts";

/** How card numbers are printed: in groups of four, or of four, six and five or four. */
const GROUPED = /^\d{4}(?:([ -])\d{4}\1\d{4}\1\d{1,4}(?:\1\d{1,3})?|[ -]\d{6}[ -]\d{4,5})$/;
/** Words of payments with cards. */
const CARD_WORD =
  /(?<![a-z])(?:cards?|pan|visa|master ?card|amex|american express|maestro|diners|discover|jcb|union ?pay|cc|ccn|credit|debit|payments?|paid|pay|charged?|charging|checkout|billing|bill|purchase|refund(?:ed)?|cv[vc]2?|expir\w{0,6}|exp|bin|declined|issuer|cardholder|karte|kreditkarte|carte|tarjeta|cart[aã]o|carta)(?![a-z])/i;
/** Names that hold such a word: `creditCardNumber`, `card_no`, `exp_month`. */
const CARD_NAME = /card|pan_?(?:num|no)|[Pp]ayment|expMonth|exp_month|cvc|cvv/;
/** "number": of nothing else. */
const BARE_NUMBER =
  /(?<![A-Za-z_.-])(?:number|num|no|nr|acct|account(?:[ _]?(?:number|no))?)\.?["']?[\s:=#]{1,4}["']?$/i;
const COUNTED =
  /^["']?\s?(?:wei|gwei|ether|eth|matic|pol|tokens?|units?|gas|blocks?|bytes|ms|ns|us|lamports|sats?)\b/i;
/** What is counted, or numbered, with integers as long as those of cards. */
const COUNTS =
  "amount|balance|value|wei|gas|supply|price|fee|nonce|block|sequence|snowflake|index|slot|epoch|token.?id|order|serial|timestamp|time|offset|size|length|(?<!ac)count|total|limit|royalt|duration|bytes|invoice|isrc|receipt|ticket|track";
const AMOUNT_BEFORE = new RegExp(`(?:${COUNTS}|\\bid)["']?[\\s:=#]{1,4}["']?$`, "i");
const AMOUNT_KEY = new RegExp(`${COUNTS}|(?:^|[._])id$`, "i");

/**
 * A card number carries a check digit and the prefix of a network. One integer in ten of that length does so by
 * chance, so it must be printed as cards are, or stand where cards are spoken of, and nowhere that counts something.
 */
export function isCard(scan: Scan, at: number, value: string): boolean {
  const digits = value.replace(/\D/g, "");
  if (/0{5}/.test(digits) || AMOUNT_KEY.test(scan.keyName)) return false;
  if (!hasNetwork(digits, value) || !hasLuhn(digits)) return false;
  if (value.length > digits.length) return GROUPED.test(value) || speaksOfCards(scan, at, value);
  if (value.length === scan.text.length) return isUsual(digits) || speaksOfCards(scan, at, value);
  return speaksOfCards(scan, at, value) && !isAmount(scan.text, at, value);
}

/** The lengths and prefixes of nearly all cards: such a number that is a whole value goes, whatever it counts. */
function isUsual(digits: string): boolean {
  return /^(?:4\d{15}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13})$/.test(digits);
}

function hasNetwork(digits: string, value: string): boolean {
  return NETWORK.test(digits) || (/[ -]/.test(value) && /^(?=\d{16})(?:50|5[6-9]|6)/.test(digits));
}

const NETWORK =
  /^(?:4(?:\d{3}){4,6}|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|(?=\d{16})(?:6011|65|64[4-9]|35|62|81)\d+|(?:30[0-5]|36\d|38\d)\d{11})$/;

function speaksOfCards(scan: Scan, at: number, value: string): boolean {
  const { text, keyName } = scan;
  if (CARD_NAME.test(keyName)) return true;
  const before = textBefore(text, at, 64);
  const after = text.slice(at + value.length, at + value.length + 48);
  if (CARD_WORD.test(before) || CARD_WORD.test(after) || BARE_NUMBER.test(before)) return true;
  return CARD_NAME.test(before) || CARD_NAME.test(after);
}

/** A number of wei, a token id, a number that an amount is called by. */
function isAmount(text: string, at: number, value: string): boolean {
  if (COUNTED.test(text.slice(at + value.length, at + value.length + 10))) return true;
  return AMOUNT_BEFORE.test(textBefore(text, at, 24));
}
