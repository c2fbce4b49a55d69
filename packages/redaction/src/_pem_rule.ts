import { HAS_SPACE } from "./_features.ts";
import type { Rule, Scan } from "./_scan.ts";

const BEGIN = /-{2,5}BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-{0,5}/g;
const BODY = /[A-Za-z0-9+/=\s\\:,.-]*/y;
const PUTTY = /Private-(?:Lines|MAC): ?[0-9a-f]+/g;

/** Private keys in PEM, with or without their last line, and in the format of PuTTY. */
export const pemRule: Rule = {
  id: "pem",
  pack: "credentials",
  when: HAS_SPACE,
  find(scan) {
    if (scan.text.includes("PRIVATE KEY")) findPem(scan);
    if (!scan.text.includes("Private-")) return;
    for (const match of scan.text.matchAll(PUTTY)) bodyHit(scan, match.index, match.index + match[0].length);
  },
};

function findPem(scan: Scan): void {
  const { text } = scan;
  let last = 0;
  let closed = true;
  for (const match of text.matchAll(BEGIN)) {
    if (match.index < last) continue;
    const body = match.index + match[0].length;
    // Once no end was found there is none further on either.
    const end: number = closed ? text.indexOf("-----END", body) : -1;
    closed = end >= 0;
    if (end < 0) {
      last = bodyHit(scan, match.index, body);
      continue;
    }
    const stop = text.indexOf("-----", end + 8);
    last = stop < 0 || stop > end + 64 ? text.length : stop + 5;
    scan.hit(match.index, last, "pem");
  }
}

/** Takes everything that can belong to a key. */
function bodyHit(scan: Scan, start: number, body: number): number {
  BODY.lastIndex = body;
  BODY.test(scan.text);
  const end = Math.max(body, BODY.lastIndex);
  scan.hit(start, end, "pem");
  return end;
}
