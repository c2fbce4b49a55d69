import { isPublicHex } from "./_classify_key.ts";
import { keyTokens } from "./_key_tokens.ts";
import { PUBLIC_ID_OWNERS } from "./_key_words.ts";
import { textBefore } from "./_text_before.ts";

/** The last two parts of a path, the second of which may be a number: `/proposal/0x..`, `/batch/12#0x..`. */
const PATH = /\/([A-Za-z][\w-]{1,30})(?:\/\d{1,12})?[/#](?:0[xX])?$/;
/** `/trace/ethereum/0x..` */
const ON_CHAIN = /\/([a-z]{2,16})\/[a-z]{3,12}\/(?:0[xX])?$/;
/** Tools whose argument is a transaction, and things that have a hash for a name. */
const NAMED =
  /(?<![\w-])(?:bundle|order|listing|proposal|header|trie node|reorg detected|cast\s(?:run|tx|receipt|block)|user[ _-]?op(?:eration)?)["'`]?[\s:=#]{1,3}(?:0[xX])?$/i;
/** "checksum mismatch for solc: expected ..": both values of a comparison of hashes are hashes. */
const COMPARED =
  /\b(?:checksum|hash|digest|root|sha-?\d{1,3}|integrity|fingerprint)\b(?![^\n]{0,96}\b(?:key|secret|seed|signer|wallet|account|private|password)\b)[^\n;]{0,48}\b(?:mismatch|differs?|does(?:n't| not) match|changed)\b[^\n;]{0,64}\b(?:expected|want(?:ed)?|have|got|actual|computed|calculated|found|received|local|remote)["'`]?[\s:=(]{1,4}(?:0[xX])?$/i;
/** Fields of a block that no word in them calls public. */
const FIELD =
  /["'`]?\b(?:extra_?data|prev_?randao|randao_?reveal|mix_?digest|graffiti)\b["'`]?\s{0,2}[:=]\s{0,2}["'`]?(?:0[xX])?$/i;
/** Containers of an operating system, digests of modules, and public keys in an object of their own. */
const DIGEST =
  /(?:\b(?:docker|containerd|crio|libpod)-|\boverlay2\/|\bsandbox(?:\sid)?(?:\sfor)?\s?["'`]?|(?<!\w)(?:h1|zh|sha\d{3})[:-]|multisig_0x[\da-f]{40}_(?:0x)?|\b(?:sha-?\d{0,3}|keccak\d{0,3}|blake\w{0,4}|md5|poseidon|pedersen|hash)\s?\([^()\n]{0,80}\)["'`]?\s?(?:={1,3}|->|is|:)\s?(?:0x)?|pub_?key["']?\s{0,2}[:,]\s{0,2}(?:\{[^{}]{0,80})?["'](?:value|key)["']\s?:\s?["'])$/i;
const NODE = /(?:^|[\s"'`(])(?:node|namehash|label)\s(?:0[xX])?$/i;
const NAME_AFTER = /^(?:0[xX])?[0-9a-f]{64}["'`)]?\s(?:for|of|=)\s(?:[\w-]{1,63}\.){1,6}eth\b/i;

/** The column of a table whose first line names a hash, in Markdown or with another delimiter. */
export function isInPublicColumn(text: string, start: number): boolean {
  const above = textBefore(text, start, 1024);
  const from = above.lastIndexOf("\n") + 1;
  const head = text.slice(0, 1024).split("\n", 1)[0] ?? "";
  const delimiter = /[|\t;,]/.exec(head)?.[0];
  if (from === 0 || delimiter === undefined) return false;
  const names = head.split(delimiter);
  const before = above.slice(from).split(delimiter);
  const after = text.slice(start, start + 1024).split("\n", 1)[0] ?? "";
  // A sentence with a comma is no table: each line has as many cells, and this value is alone in its own.
  const cells = before.length + after.split(delimiter).length - 1;
  if (cells !== names.length || !/^[\s"'`]{0,8}$/.test(before.at(-1) ?? "")) return false;
  const name = names[before.length - 1] ?? "";
  return /^[\w .#()-]{1,32}$/.test(name) && isPublicHex(keyTokens(name));
}

/** True when the place of a 32-byte value is one of hashes and identifiers, though no label says so. */
export function isPublicPlace(text: string, start: number): boolean {
  const window = textBefore(text, start, 128);
  for (const path of [PATH, ON_CHAIN]) {
    const owner = path.exec(window)?.[1] ?? "";
    const tokens = keyTokens(owner);
    if (isPublicHex(tokens) || PUBLIC_ID_OWNERS.has((tokens.at(-1) ?? "").replace(/s$/, ""))) return true;
  }
  if (/enode:\/\/$/.test(window)) return true;
  if (NAMED.test(window) || FIELD.test(window) || DIGEST.test(window) || COMPARED.test(window)) return true;
  return NODE.test(window) && NAME_AFTER.test(text.slice(start, start + 400));
}
