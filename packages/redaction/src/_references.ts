import { referenceEnd } from "./_reference_forms.ts";
import { textBefore } from "./_text_before.ts";
import type { Extent } from "./_value_extent.ts";

/** Words of programs that no value begins with. */
const KEYWORD = /(?:await|new|typeof|async|function|readonly|keyof)\s/y;
const DOCUMENT = /\b(?:query|mutation|subscription|fragment)\b\s{0,4}\w{0,64}\s{0,4}[({]/;
const TYPE =
  /(?:string|number|boolean|bigint|unknown|any|Hex|Address|Bytes(?:Like)?|Buffer|Uint8Array|KeyObject|CryptoKey|SecretString|SigningKey|String|Int|Float|Boolean|ID|bytes32|SecretStr|Optional\[str\]|str|Option<&?\w{1,24}>|&(?:mut\s)?(?:[A-Z]\w{1,40}|str|\[u8(?:;\s?\d{1,3})?\])|\[\]byte)(?:\[\])?(?=!?\s{0,2}(?:[;,)&}=\]]|\|\s?[A-Za-z]|$))/y;
/** The type of a parameter, in the signature of a function that goes on after it. */
const SIGNATURE =
  /(?:[A-Z][a-z\d]{1,16}){0,3}(?:Key|Hex|String|Bytes|Type|Secret|Token|Array|Buffer|Input|Opts|Options|Params|Number|Address|Data|Config|Like|Signature|Wallet|Signer|Account)(?:<[\w\s,]{1,40}>)?(?:\[\])?(?:,[^\n()]{0,200})?\)(?:\s?=>|\s\{|:\s?\w{2,40}(?:<[^\n<>]{1,40}>|\[\])?\s?[;{])/y;

/** Tells whether a bare value is the name of one: `${DEPLOYER_KEY}`, `$password` of GraphQL, `Hex` of a signature. */
export function isReference(text: string, { start, end }: Extent): boolean {
  if (referenceEnd(text, start) > 0) return true;
  for (const pattern of [KEYWORD, TYPE]) {
    pattern.lastIndex = start;
    if (pattern.test(text)) return true;
  }
  SIGNATURE.lastIndex = start;
  if (SIGNATURE.test(text) && /[(,]\s{0,2}\w{1,40}\??:\s{0,2}$/.test(textBefore(text, start, 48)))
    return true;
  return /^\$[A-Za-z_]{1,64}$/.test(text.slice(start, end)) && DOCUMENT.test(text);
}
