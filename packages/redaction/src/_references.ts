import { referenceEnd } from "./_reference_forms.ts";
import type { Extent } from "./_value_extent.ts";

/** Words of programs that no value begins with. */
const KEYWORD = /(?:await|new|typeof|async|function)\s/y;
const DOCUMENT = /\b(?:query|mutation|subscription|fragment)\b\s{0,4}\w{0,64}\s{0,4}[({]/;
const TYPE =
  /(?:string|number|boolean|bigint|unknown|any|Hex|Address|Bytes(?:Like)?|Buffer|Uint8Array|KeyObject|CryptoKey|SecretString|SigningKey|Wallet|Signer|Secret|String|Int|Float|Boolean|ID|bytes32|SecretStr|Optional\[str\]|&str|\[\]byte)(?:\[\])?(?=!?\s{0,2}(?:[;,)|&}=\]]|$))/y;

/** Tells whether a bare value is the name of one: `${DEPLOYER_KEY}`, `$password` of GraphQL, `Hex` of a signature. */
export function isReference(text: string, { start, end }: Extent): boolean {
  if (referenceEnd(text, start) > 0) return true;
  for (const pattern of [KEYWORD, TYPE]) {
    pattern.lastIndex = start;
    if (pattern.test(text)) return true;
  }
  return /^\$[A-Za-z_]{1,64}$/.test(text.slice(start, end)) && DOCUMENT.test(text);
}
