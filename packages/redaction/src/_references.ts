import { isPlaceholder } from "./_plausible.ts";
import type { Scan } from "./_scan.ts";
import type { Extent } from "./_value_extent.ts";

/** Names of values that are elsewhere, and types, where a value would stand. */
const REFERENCE =
  /(?:\$\{\{?[^}\n]{1,120}\}\}?|\{\{[^}\n]{1,120}\}\}|\$\([\w .-]{1,64}\)|%\w{1,64}%|%\(\w{1,64}\)s|<%=?[^%\n]{1,120}%>|\((?:hidden|redacted|masked|omitted|none|empty|unset|set)\)|process\.env\b|import\.meta\.env\b|os\.environ\b|(?:await|new|typeof|async|function)\s|(?:vault|op|ssm|awssm|gcpsm|secretref|keyvault|env|ref\+\w{1,16}):[\w/.-]{3,}|\[object \w{1,32}\]|(?:String|Int|Boolean|ID|Bytes)!?(?=[\s,)=]))/y;
const DOCUMENT = /\b(?:query|mutation|subscription|fragment)\b\s{0,4}\w{0,64}\s{0,4}[({]/;
const TYPE =
  /(?:string|number|boolean|bigint|unknown|any|Hex|Address|Bytes(?:Like)?|Buffer|Uint8Array|KeyObject|CryptoKey|SecretString|SigningKey|Wallet|Signer|Secret)(?:\[\])?(?=\s{0,2}(?:[;,)|&}=]|$))/y;

/** Tells whether a bare value is the name of one: `${DEPLOYER_KEY}`, `$password` of GraphQL, `Hex` of a signature. */
export function isReference(text: string, { start, end }: Extent): boolean {
  REFERENCE.lastIndex = start;
  if (REFERENCE.test(text)) return true;
  TYPE.lastIndex = start;
  if (TYPE.test(text) && TYPE.lastIndex <= end + 1) return true;
  return /^\$\w{1,64}$/.test(text.slice(start, end)) && DOCUMENT.test(text);
}

/** Members beside secrets in an object that is named after all of them. */
const BESIDE = new Set(
  "expiration expires expiresat expiresin expiry accesskeyid type tokentype enabled samesite secure httponly path domain maxage region scope name id username user provider version".split(
    " ",
  ),
);

/** An object or a list without a value in it, the description of one, or one whose members are judged by their own names. */
export function isHarmlessContainer(scan: Scan, value: string): boolean {
  if (
    /^[[{]\s{0,16}["']?(?:type|\$ref|description|enum|pattern|minLength|maxLength|format|default)["']?\s{0,2}:/.test(
      value,
    )
  )
    return true;
  if (!/[A-Za-z0-9]/.test(value)) return true;
  if (!value.startsWith("{") || value.length > 4096) return false;
  const members = [
    ...value.matchAll(
      /[{,]\s{0,16}\\{0,3}["']?([A-Za-z][\w.-]{0,63})\\{0,3}["']?\s{0,2}:\s{0,2}(?=(\S{1,64}))/g,
    ),
  ];
  return members.length > 0 && members.every(([, name = "", rest = ""]) => isJudged(scan, name, rest));
}

function isJudged(scan: Scan, name: string, rest: string): boolean {
  const word = rest.replace(/^[\\"'`]+|[\\"'`},\]]+.*$/g, "");
  if (/^(?:true|false|null|undefined|\d{1,6})$/.test(word) || isPlaceholder(word)) return true;
  return BESIDE.has(name.replace(/[_-]/g, "").toLowerCase()) || scan.policy.keyClass(name).kind === "secret";
}
