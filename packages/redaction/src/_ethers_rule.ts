import { HAS_QUOTE } from "./_features.ts";
import { matches } from "./_matches.ts";
import { isAddress } from "./_plausible.ts";
import type { Rule, Scan } from "./_scan.ts";
import { textBefore } from "./_text_before.ts";

/** `argument="x", value="y"` of ethers' messages, and the same pair as printed by util.inspect or JSON. */
const ARGUMENT =
  /["']?\bargument\b["']?\s{0,2}[=:]\s{0,2}\\{0,3}["']([\w.[\]]{1,64})\\{0,3}["']\s{0,2},\s{0,12}["']?value["']?\s{0,2}[=:]\s{0,2}/g;
/** `value: 'y', argument: 'x'` in the other order. */
const REVERSED = /["']?\bvalue["']?\s{0,2}[=:]\s{0,2}(?=\\{0,3}["'])/g;
const MESSAGE =
  /invalid (?:BytesLike|private key|mnemonic|seed|entropy|address|hex|checksum|arrayify|BigNumberish|FixedNumber|JSON wallet|extended key|raw transaction|base58|wordlist)|incorrect password|unsupported addressable|hex data is odd-length|private key (?:length|too)|expected (?:32|valid|private)/i;
const SECRET_ARGUMENTS = /key|secret|seed|phrase|mnemonic|password|entropy|wallet|json|extended/i;
/** "no matching function (argument="key", ..": here a key is what a function or an event is looked up by. */
const LOOKUP = /(?:matching|ambiguous) (?:function|event|error)[^\n]{0,200}$/;

/** Values that ethers quotes in its errors: whatever was mistaken for bytes, an address or a key. */
export const ethersRule: Rule = {
  id: "ethers-error",
  pack: "wallet",
  when: HAS_QUOTE,
  find(scan) {
    const { text } = scan;
    if (!text.includes("value")) return;
    if (text.includes("argument")) hideValues(scan, ARGUMENT);
    if (MESSAGE.test(text)) hideValues(scan, REVERSED);
  },
};

/** What lies within a value that was read is not read again. */
function hideValues(scan: Scan, pattern: RegExp): void {
  let last = 0;
  for (const m of matches(scan.text, pattern)) {
    if (m.index < last) continue;
    const isLookup = LOOKUP.test(textBefore(scan.text, m.index, 240));
    last = judge(scan, m.index + m[0].length, isLookup ? "name" : (m[1] ?? "value"));
  }
}

/** Judges the value that starts here; returns its end. */
function judge(scan: Scan, from: number, argument: string): number {
  const { text } = scan;
  let open = from;
  while (text[open] === "\\") open++;
  const quote = text[open];
  if (quote !== '"' && quote !== "'") return from;
  const end = valueEnd(text, open + 1, quote);
  const value = text.slice(open + 1, end);
  if (quotesSecret(argument, value)) scan.hit(open + 1, end, "ethers-error");
  return end;
}

/** Tells whether a value that ethers quotes may be a secret. */
export function quotesSecret(argument: string, value: string): boolean {
  return SECRET_ARGUMENTS.test(argument) || !isHarmless(value);
}

/** The value may itself hold quotation marks, so what follows it tells where it ends. */
function valueEnd(text: string, from: number, quote: string): number {
  const bound = Math.min(text.length, from + 8192);
  for (let i = text.indexOf(quote, from); i >= 0 && i < bound; i = text.indexOf(quote, i + 1)) {
    if (
      /^["']\s{0,2}(?:,\s{0,12}["']?[A-Za-z_]{1,24}["']?\s{0,2}[=:]|\)|\}|,?\s{0,12}$|\s{0,3}\n)/.test(
        text.slice(i, i + 48),
      )
    ) {
      let end = i;
      while (end > from && text[end - 1] === "\\") end--;
      return end;
    }
  }
  return bound;
}

/** Addresses, numbers, calldata and short words help to find the mistake and reveal nothing. */
function isHarmless(value: string): boolean {
  if (value === "" || value.startsWith("[") || isAddress(value)) return true;
  if (/^[A-Za-z_]\w{0,63}\([\w\s,[\]]{0,256}\)?$/.test(value)) return true;
  if (/^-?\d{1,40}(?:\.\d{1,40})?$/.test(value)) return true;
  if (/^(?:0x)?[0-9a-fA-F]*$/.test(value)) {
    const digits = value.replace(/^0x/, "").length;
    return value.startsWith("0x") && (digits <= 42 || (digits > 64 && digits % 64 === 8));
  }
  return value.length <= 20 && /^[A-Za-z][a-z]*(?:[ _.-][a-z]+)*$/.test(value) && !/\s\S+\s/.test(value);
}
