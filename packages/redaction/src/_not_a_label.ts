import { referenceEnd } from "./_reference_forms.ts";
import { textBefore } from "./_text_before.ts";

/** Files that stack traces and compilers name. */
const FILE =
  /\.(?:[cm]?[jt]sx?|sol|vy|ya?ml|json|toml|md|env|txt|html?|sh|sql|graphql|proto|py|rb|rs|go|java|kts?|php|c|cc|cpp|h|move|circom|nr|cairo)$/i;
const POSITION = /^\d{1,7}(?::\d{1,7})?(?=$|[)\s,;"'`\]}>]|:\s)/;
/** Names whose parts colons divide: they name a secret and hold none. */
const RESOURCE = /(?:^|[^\w:/.-])(?:arn:aws[\w-]{0,16}:[\w./*:-]{0,200}|did:[a-z\d]{1,20})$/;
/** Commands of Redis, whose first argument is the name of a key, mostly a kind and an identifier. */
const COMMAND =
  /(?:^|[\s"'`(:])(?:H?GET(?:ALL|SET|DEL|EX)?|H?M?SET(?:NX|EX)?|M?GET|H?DEL|H?EXISTS|UNLINK|EXPIRE|P?TTL|INCR(?:BY)?|DECR|[SZ](?:ADD|REM)|SISMEMBER|[LR](?:PUSH|POP)|TYPE)\s["'`]?$/;
const KEY_TAIL = /^(?:[a-z][a-z_-]{0,23}|\d{1,9}|[{*][\w*}]{0,24})(?=$|[\s"'`:*)])/;

/** `[bearer]: https://..`, the target of a link in Markdown. */
const LINK = /^\s{0,4}https?:\/\/(?![^\s/]{0,256}@)/;

/** What follows a text that ends with a colon: code, or prose about a header. */
const AFTER_TEXT = /^\s{0,2}[,)+]|^\s(?:headers?|fields?|prefix|lines?|labels?|and|or|is)\b/;
const ENDS_TEXT = /^\s?(["'`])(?!\1)\s{0,2}[,)}\]]\s{0,2}(?:["'`{[]|\w{1,16}["'`]?\s?[:,)]|$)/;
const RETURN_TYPE = /^\s{0,2}[\w.]{1,40}(?:<[^\n<>]{0,60}>|\[\])?\s?(?:[;{]|=>|$)/;

function isReturnType(text: string, at: number): boolean {
  return (
    RETURN_TYPE.test(text.slice(at + 1, at + 110)) &&
    /\(\s{0,2}[\w$]{1,40}\??:/.test(textBefore(text, at, 160))
  );
}

/** True when the colon or equals sign at a position ends no label: what begins at `start` and follows is one name. */
export function isNotALabel(text: string, at: number, start: number): boolean {
  if (text[at] === "=") {
    // An empty parameter at the end of a URL: the next word is not its value.
    return /\s/.test(text[at + 1] ?? "") && /[?&]/.test(text[start - 1] ?? "");
  }
  // 'password:', password: the text ends with the colon, and what comes after the quotation mark is code.
  const quote = text[at + 1] ?? "";
  if (
    /["'`]/.test(quote) &&
    text[start - 1] === quote &&
    text[at - 1] !== quote &&
    AFTER_TEXT.test(text.slice(at + 2, at + 12))
  )
    return true;
  // "Enter your password: ", and the text ends.
  if (/\w/.test(text[at - 1] ?? "") && ENDS_TEXT.test(text.slice(at + 1, at + 24))) return true;
  // ${API_KEY:?is not set}
  if (textBefore(text, start, 2) === "${" && referenceEnd(text, start - 2) > 0) return true;
  if (text[at - 1] === ")" && isReturnType(text, at)) return true;
  if (text[at - 1] === "]" && LINK.test(text.slice(at + 1, at + 300))) return true;
  if (POSITION.test(text.slice(at + 1, at + 20)) && FILE.test(textBefore(text, at, 10))) return true;
  // The user of a URL is the work of the URL rule, which leaves the host.
  if (textBefore(text, start, 3) === "://") return true;
  if (RESOURCE.test(textBefore(text, at, 240))) return true;
  return COMMAND.test(textBefore(text, start, 16)) && KEY_TAIL.test(text.slice(at + 1, at + 28));
}
