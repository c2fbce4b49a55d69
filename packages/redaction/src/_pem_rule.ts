import { HAS_LABEL, HAS_RUN } from "./_features.ts";
import { matches } from "./_matches.ts";
import type { Rule, Scan } from "./_scan.ts";

const BEGIN = /-{2,5}BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-{0,5}/g;
const BODY = /[A-Za-z0-9+/=\s\\:,.-]*/y;

/** A SEQUENCE in DER that begins with its version, or the magic word of OpenSSH, in base64. */
const KEY_BODY =
  /(?<![A-Za-z0-9+/_-])(?:M[A-I][A-Za-z0-9+/]{22}|b3BlbnNzaC1rZXktdjE)[A-Za-z0-9+/]{8,8192}={0,2}/g;
const NEXT_LINE =
  /(?:\\r|\r)?(?:\\n|\n)[ \t]{0,8}(?:[A-Za-z0-9+/]{60,76}|(?=[a-z]{0,60}[A-Z0-9+/])[A-Za-z0-9+/]{2,76})={0,2}(?![A-Za-z0-9+/=])/y;

/** Private keys in PEM, with or without their first and last lines. */
export const pemRule: Rule = {
  id: "pem",
  pack: "credentials",
  when: HAS_LABEL | HAS_RUN,
  find(scan) {
    if ((scan.flags & HAS_RUN) !== 0) findBodies(scan);
    if (scan.text.includes("PRIVATE KEY")) findPem(scan);
  },
};

/** Keys without their frame: a certificate and a public key begin with another SEQUENCE, not with a number. */
function findBodies(scan: Scan): void {
  let last = 0;
  for (const match of matches(scan.text, KEY_BODY)) {
    if (match.index < last || !isPrivateBody(match[0])) continue;
    last = match.index + match[0].length;
    for (NEXT_LINE.lastIndex = last; NEXT_LINE.test(scan.text); NEXT_LINE.lastIndex = last)
      last = NEXT_LINE.lastIndex;
    scan.hit(match.index, last, "pem");
  }
}

function isPrivateBody(body: string): boolean {
  if (body.startsWith("b3")) return true;
  const der = Buffer.from(body.slice(0, 24), "base64");
  const long = (der[1] ?? 0) < 0x80 ? 0 : (der[1] ?? 0) - 0x80;
  if (der[0] !== 0x30 || long > 3) return false;
  const [tag, size, version, next] = der.subarray(2 + long);
  // PKCS #8, PKCS #1 and SEC 1: a version, then an algorithm, a modulus or the octets of the key.
  return tag === 2 && size === 1 && (version ?? 9) < 2 && (next === 0x30 || next === 2 || next === 4);
}

function findPem(scan: Scan): void {
  const { text } = scan;
  let last = 0;
  let closed = true;
  for (const match of matches(text, BEGIN)) {
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
