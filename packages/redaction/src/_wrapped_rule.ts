import { HAS_HALF, HAS_JOINT, HAS_SPACE } from "./_features.ts";
import { isSecretBytes } from "./_judge_bytes.ts";
import { labelBefore, saysSecret } from "./_label.ts";
import { matches } from "./_matches.ts";
import type { Rule, Scan } from "./_scan.ts";

/** Pieces of hexadecimal digits with a line break, a space or the joint of two literals between them. */
const CHAIN =
  /(?<![0-9A-Za-z_])(?:0[xX])?[0-9a-fA-F]{8,63}(?:(?:\\?\r?\n[ \t>|#*]{0,16}|[ \t]{1,4}|["'`]\s{0,4}[+.,\\&]{0,2}\s{0,8}["'`])[0-9a-fA-F]{4,63})+(?![0-9A-Za-z_])/g;
const PIECE = /[0-9a-fA-F]{4,}/g;
/** Identifiers that stand in lines of their own: sums, addresses and commits, identifiers of databases. */
const IDENTIFIERS = new Set([16, 24, 32, 40, 48]);
/** Halves that are called so. */
const HALF =
  /(?:(?:first|second|1st|2nd|upper|lower|left|right|other)[\s_-]?(?:half|part|piece|chunk)|(?:half|part|piece|chunk|share)[\s_#-]{0,2}(?:[12ab]|one|two)(?![\w])(?:\s?(?:\/|of)\s?\d)?)[^\n0-9a-f]{0,8}?["'=:\s(]{1,4}(?:0x)?([0-9a-f]{30,34})(?![0-9a-z])/gi;

/** A 32-byte value that a line break, a space or a concatenation cuts in pieces. */
export const wrappedRule: Rule = {
  id: "wrapped-key",
  pack: "wallet",
  when: HAS_HALF | HAS_JOINT,
  find(scan) {
    if ((scan.flags & HAS_SPACE) === 0) return;
    if ((scan.flags & HAS_JOINT) !== 0)
      for (const m of matches(scan.text, CHAIN)) judgeChain(scan, m.index, m[0]);
    if ((scan.flags & HAS_HALF) === 0 || !/half|part|piece|chunk|share/i.test(scan.text)) return;
    const halves = [...matches(scan.text, HALF)];
    if (halves.length < 2) return;
    for (const m of halves) {
      const end = m.index + m[0].length;
      scan.hit(end - (m[1] ?? "").length, end, "wrapped-key");
    }
  },
};

interface Piece {
  readonly at: number;
  readonly digits: string;
}

/** Finds the pieces in a row that are 64 digits together. */
function judgeChain(scan: Scan, at: number, whole: string): void {
  const pieces = Array.from(matches(whole, PIECE), (m): Piece => ({ at: at + m.index, digits: m[0] }));
  let first = 0;
  let size = 0;
  for (const [i, { digits }] of pieces.entries()) {
    size += digits.length;
    while (size > 64) size -= pieces[first++]?.digits.length ?? 0;
    if (size === 64 && first < i) judge(scan, pieces.slice(first, i + 1), first === 0 && /^0x/i.test(whole));
  }
}

function judge(scan: Scan, pieces: readonly Piece[], prefixed: boolean): void {
  const [head] = pieces;
  const tail = pieces.at(-1);
  if (head === undefined || tail === undefined) return;
  const start = prefixed ? head.at - 2 : head.at;
  const verdict = labelBefore(scan.text, start, scan.policy);
  if (!saysSecret(verdict) && !looksCut(scan, pieces, prefixed)) return;
  const isPublic = verdict === "public" || (verdict === undefined && scan.key.publicHex);
  const hex = pieces.map(({ digits }) => digits).join("");
  if (saysSecret(verdict) || isSecretBytes(scan, Buffer.from(hex, "hex"), isPublic))
    scan.hit(start, tail.at + tail.digits.length, "wrapped-key");
}

/** Two sums in two lines are as long as a key in two halves: the lengths must be those of nothing else. */
function looksCut(scan: Scan, pieces: readonly Piece[], prefixed: boolean): boolean {
  const [head] = pieces;
  if (prefixed) return head?.digits.length !== 40;
  const inLines = pieces.slice(1).every(({ at }, i) => {
    const before = pieces[i];
    return before !== undefined && /[\n"'`]/.test(scan.text.slice(before.at + before.digits.length, at));
  });
  return inLines && !pieces.every(({ digits }) => IDENTIFIERS.has(digits.length));
}
