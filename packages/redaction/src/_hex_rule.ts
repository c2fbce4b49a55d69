import { isPublicConstant } from "./_constants.ts";
import { HAS_HEX, HAS_RUN } from "./_features.ts";
import { hexRuns } from "./_hex_digits.ts";
import { isAfterAccount, labelAfter, labelBefore, saysSecret, type Verdict } from "./_label.ts";
import type { Rule, Scan } from "./_scan.ts";

/** What stands between the members of a list, in one line or in several, with bullets or with numbers. */
const LIST_GAP = /^(?:["'`\s,\\\][x0-]|\d{1,3}[.)]\s|null){0,32}$/;
/** As long as a key, with one or two letters that no digit is: a key that was typed wrong. */
const MISTYPED = /(?<![A-Za-z0-9])(?:0[xX])?[0-9A-Za-z]{62,64}(?![A-Za-z0-9])/g;
/** Words between two values of one kind: what one of them is called, the other is too. */
const PAIR_GAP =
  /^["'`)]{0,2}[,;]?\s{0,2}\(?(?:and|but|vs\.?|versus|or|!==?|<>|->|=>)?\s{0,2}(?:computed|calculated|recomputed|derived|got|want(?:ed)?|have|has|had|actual|expected|received|found|stored|local|remote|ours|theirs|on-?chain|previous|prev|next|new|old|current|latest|head|tip|safe|finali[sz]ed|justified|parent|instead of|replaced by|is not a child of|with|to|at|is|was|is now)?\s{0,2}[:=]?\s{0,2}["'`]?$/i;

/** The 32-byte policy: what is not known, labelled or shaped as public is redacted. */
export const hexRule: Rule = {
  id: "private-key",
  pack: "wallet",
  when: HAS_HEX | HAS_RUN,
  find(scan) {
    if ((scan.flags & HAS_RUN) !== 0) scan.hitAll(MISTYPED, "private-key", isMistyped);
    let end = -1;
    // Most runs are decided without a look at what is before them.
    let labelled = -1;
    let verdict: Verdict | "unread";
    const read = (): Verdict => {
      if (verdict === "unread") verdict = labelBefore(scan.text, labelled, scan.policy);
      return verdict;
    };
    for (const [at, stop] of hexRuns(scan.text, 24)) {
      const digits = scan.text.slice(at, stop);
      const start = prefixStart(scan.text, at);
      const inherits = end >= 0 && start - end <= 32 && LIST_GAP.test(scan.text.slice(end, start));
      const before = end >= 0 && start - end <= 32 ? read() : undefined;
      if (!inherits || read() === undefined) {
        verdict = "unread";
        labelled = start;
      }
      if (inherits && read() === "account" && isAfterAccount(scan.text, start)) verdict = "public";
      if (before === "public" && read() === undefined && PAIR_GAP.test(scan.text.slice(end, start)))
        verdict = before;
      end = stop;
      judge(scan, start, at, digits, read);
    }
  },
};

function isMistyped(value: string): boolean {
  const others = value.replace(/^0[xX]|[0-9a-fA-F]/g, "").length;
  return others > 0 && others < 3;
}

/** Includes a 0x before the digits. */
function prefixStart(text: string, at: number): number {
  const x = text.charCodeAt(at - 1) | 32;
  return x === 120 && text[at - 2] === "0" ? at - 2 : at;
}

function judge(scan: Scan, start: number, at: number, digits: string, read: () => Verdict): void {
  const size = digits.length;
  const end = at + size;
  if (size < 41) {
    // Addresses, commits, trace ids and API keys look alike: only a label tells, and that is the label rule's work.
    return;
  }
  if (isGluedToToken(scan.text, start, end)) return;
  if (size > 66) {
    // Calldata, ABI words and signatures are the work of other rules; seeds are labelled.
    if ((size === 128 || size === 130) && saysSecret(read())) scan.hit(start, end, "seed");
    return;
  }
  if (size === 66 && /^0[23]/.test(digits)) return;
  const hex = digits.toLowerCase();
  if (size === 64 && scan.policy.registry.has(hex)) return;
  if (size < 62 && !isCutOff(scan, start, at, end, size)) return;
  let verdict = read();
  if (verdict !== "secret" && isPublicConstant(hex)) return;
  if (verdict === undefined && labelAfter(scan.text, start, end) === "public") verdict = "public";
  const isPublic = verdict === "public" || (verdict === undefined && scan.key.publicHex);
  if (isPublic && !scan.policy.signers.derives(hex)) return;
  // What nothing decides is removed here; where a label says that it is public, it may stay.
  scan.hit(start, end, "private-key", undefined, saysSecret(verdict));
}

/** Base64 and base58 tokens contain runs of hexadecimal digits by chance only up to a length far below this. */
function isGluedToToken(text: string, start: number, end: number): boolean {
  if (end - start >= 62) return false;
  return /[A-Za-z0-9_]/.test(text[end] ?? "") || /[G-Zg-z]/.test(text[start - 1] ?? "");
}

/** A key that was cut by a length limit stands at the end of its value and is not as long as an address. */
function isCutOff(scan: Scan, start: number, at: number, end: number, size: number): boolean {
  if (size === 48 || size === 56) return false;
  const rest = scan.text.slice(end, end + 4);
  return at > start && /^["'`\])}.\s…]{0,4}$/.test(rest) && end + 4 >= scan.text.length;
}
