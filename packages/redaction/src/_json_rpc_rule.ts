import { HAS_QUOTE } from "./_features.ts";
import { matches } from "./_matches.ts";
import { isAddress } from "./_plausible.ts";
import type { Rule, Scan } from "./_scan.ts";
import { textBefore } from "./_text_before.ts";

/** Methods whose parameters hold keys and passwords by position. */
const METHOD =
  /(?<!\w)personal_\w{1,40}["'`]?|["'`](?:parity_(?:newAccount\w{0,24}|\w{0,24}[pP]assword\w{0,24}|signMessage|postTransaction|newVault|openVault|changeVault)|account_(?:import|update)|clef_\w{1,24}|wallet_(?:importRawKey|unlock)|admin_importRaw\w{0,12}|geth_unlock|eth_importRawKey|(?:unlock|import)\w{0,12}(?:Account|RawKey|PrivKey|Wallet|multi|descriptors)|walletpassphrase\w{0,12}|dumpprivkey|importprivkey|sethdseed|signrawtransactionwithkey|encryptwallet|author_insertKey|hardhat_\w{0,12}[kK]ey)["'`]/g;
const LABEL = /\bmethod\b[\\"'`\s]{0,5}[:=][\\"'`\s]{0,5}$/;
/** A list of arguments, or words and a quotation mark that opens: one that closes ends a text in which the method is named. */
const ARGUMENTS = /^[\\"'`]{0,4}\s{0,4}(?:[,([]|:\s?[[{]|0x)|^[^"'`]{0,200}[\s([,:=]["'`](?=[^\s,:}\]])/;
const STRING = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;
const BOUND = 4096;

/** JSON-RPC by method and position: everything in the parameters but addresses and numbers. */
export const jsonRpcRule: Rule = {
  id: "json-rpc",
  pack: "wallet",
  when: HAS_QUOTE,
  find(scan) {
    let last = 0;
    const found = [...matches(scan.text, METHOD)];
    const isCalled = (at: number): boolean => LABEL.test(textBefore(scan.text, at, 24));
    const labelled = found.some((m) => isCalled(m.index));
    for (const m of found) {
      if (m.index < last) continue;
      last = m.index + m[0].length;
      // Where a member says that such a method is called, an error that quotes its name is no call.
      if (labelled && !isCalled(m.index)) continue;
      if (isNamed(scan.text, m[0], last)) continue;
      const [from, to] = parameters(scan.text, m.index, last);
      if (from === last && !ARGUMENTS.test(scan.text.slice(last, last + 240))) continue;
      hideStrings(scan, from, to);
      last = Math.max(last, to);
    }
  },
};

/** "personal_sign failed": a method without a password, in a sentence about it. */
function isNamed(text: string, method: string, after: number): boolean {
  return (
    /^personal_(?:sign|ecRecover|listAccounts|listWallets)$/.test(method) &&
    /^\s[A-Za-z]/.test(text.slice(after, after + 2)) &&
    !/params|password|passphrase/i.test(text)
  );
}

/** The brackets after "params", which may stand on either side of the method; else the rest of the list. */
function parameters(text: string, at: number, after: number): [number, number] {
  const start = Math.max(0, at - BOUND);
  const around = text.slice(start, after + BOUND);
  const next = around.indexOf("params", after - start);
  const before = around.lastIndexOf("params", at - start);
  const open = next >= 0 && !/\bmethod\b/.test(around.slice(after - start, next)) ? next : before;
  const from = open < 0 ? after : start + open + 7;
  return [from, closing(text, from, open < 0)];
}

/** Position after the bracket that closes the parameters. */
function closing(text: string, from: number, inside: boolean): number {
  let depth = inside ? 1 : 0;
  const bound = Math.min(text.length, from + BOUND);
  for (let i = from; i < bound; i++) {
    const c = text[i];
    if (c === "[") depth++;
    else if (c === "]" && --depth <= 0) return i;
  }
  return bound;
}

function hideStrings(scan: Scan, from: number, to: number): void {
  const slice = scan.text.slice(from, to);
  let last = 0;
  for (const m of matches(slice, STRING)) {
    last = m.index + m[0].length;
    const value = m[0].slice(1, -1);
    if (/^\s*:/.test(slice.slice(last, last + 4))) continue;
    if (isAddress(value) || /^0x[0-9a-f]{0,16}$/i.test(value) || value === "params") continue;
    scan.hit(from + m.index + 1, from + last - 1, "json-rpc");
  }
  // A string that was cut has no closing quotation mark.
  const open = slice.slice(last).search(/["']/);
  if (open >= 0 && to === scan.text.length) scan.hit(from + last + open + 1, to, "json-rpc");
}
