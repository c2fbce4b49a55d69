import { isPlaceholder } from "./_plausible.ts";
import { textBefore } from "./_text_before.ts";
import type { Extent } from "./_value_extent.ts";

/** What one is told to do: "wrong password: try again", "missing API key: add it under Settings". */
const IMPERATIVE =
  /^(?:configure|update|go|visit|choose|pick|retype|wait|request|open|ensure|verify|log|run|call|pass|put|specify|supply|restart|remember|confirm)$/i;
/** "Configures the header", "checks whether it holds". */
const TELLING = /^[A-Za-z][a-z]{2,14}s$/;
const ARTICLE = /^ (?:the|an?|whether|if|how|which|that|your|all|its) [A-Za-z]/;
/** A number of things. */
const UNIT =
  /^ (?:words?|loaded|found|skipped|bytes?|bits?|chars?|characters?|digits?|keys?|accounts?|attempts?|tries|left|remaining|days?|hours?|minutes?|seconds?|items?|entries|total|created|deleted|rotated|imported|exported|active|expired|valid|invalid|missing|used|set|of \d)\b/;
const PLURAL = /(?:keys|tokens|cookies|secrets|passwords|credentials|mnemonics|phrases|sessions)["']?$/i;
const SESSION = /(?:session[ ._-]?id|sess[ ._-]?id|^sid|[._-]sid|[a-z]Sid)$/i;
/** What a program asks for: "Enter passphrase for .." */
const PROMPT =
  /^(?:Enter|Type|Please|Provide|Input|Confirm|Repeat|Choose|Re-?enter)\s[\w\s'-]{0,40}(?:pass(?:word|phrase)|key|token|code|pin|secret|phrase|otp)\b/i;
const RESOURCE = /^[a-z]+(?:_[a-z]+)+\.[\w.-]+$/;
const FLAG = /(?:^|[\s[(|])--?[\w-]{1,40}[ =]$/;
const METAVARIABLE =
  /^(?:PASSWORD|PASSPHRASE|SECRET|TOKEN|(?:API_?|PRIVATE_?|SECRET_?)?KEY|MNEMONIC|PHRASE|STRING|VALUE)$/;
const NOUN = /^(?:password|secret|token|credential|mnemonic|passphrase)s?$/i;
const SECRET_ID = /(?:secret[ ._-]?id)$/i;

/** True when what follows a label is a sentence about the secret, a count of secrets, or a name in a program. */
export function isProse(text: string, extent: Extent, label: string): boolean {
  const value = text.slice(extent.start, extent.end);
  if (/^\d{1,5}$/.test(value) && (PLURAL.test(label) || UNIT.test(text.slice(extent.end, extent.end + 16))))
    return true;
  // No password has one or two digits; a code may.
  if (/^\d{1,2}$/.test(value) && !/pin|otp|code|cv[cv]/i.test(label)) return true;
  // Identifiers of sessions are drawn: a short word is a name, as in "sessionId: chatId".
  if (SESSION.test(label) && /^(?:[a-z]{1,8}|[a-z]{2,12}Id)$/.test(value)) return true;
  // In AWS the identifier of a secret is its name; in Vault it is drawn.
  if (SECRET_ID.test(label))
    return /^[a-z]{2,24}(?:[/_-][a-z]{2,24}){1,6}$/i.test(value) && value.includes("/");
  // A cookie has a name and an equals sign.
  if (/cookie$/i.test(label))
    return !value.includes("=") && value.includes(" ") && isPlaceholder(value.slice(0, value.indexOf(" ")));
  if (extent.quoted) return PROMPT.test(value);
  const after = text.slice(extent.end, extent.end + 24);
  // What util.inspect prints of an instance begins with its class.
  if (/^[A-Z]\w{1,40}$/.test(value) && /^ ?\{/.test(after)) return true;
  // "this.apiKey = apiKey"; a word alone may be a weak password.
  if (/^[a-z]+[A-Z][A-Za-z]*$/.test(value) && label.replace(/^.*\./, "") === value) return true;
  // "aws_secretsmanager_secret.minter: Refreshing state..."
  if (RESOURCE.test(label)) return /^[A-Z][a-z]+(?:ing|ion|ed)$/.test(value) && /^ [a-z]/.test(after);
  if (/^[A-Z_]{3,20}$/.test(value))
    return FLAG.test(textBefore(text, extent.start, 48)) && METAVARIABLE.test(value);
  if (
    /^[a-z]{2,12}ed$|^(?:kept|held)$/.test(value) &&
    /^ (?:via|from|by|in|with|using|through|at runtime)\b/.test(after)
  )
    return true;
  if (NOUN.test(value)) return /^ (?:string|value|field|input)s?\b/.test(after);
  if (IMPERATIVE.test(value)) return /^,? [a-z]{1,14}\b/.test(after);
  return TELLING.test(value) && ARTICLE.test(after);
}
