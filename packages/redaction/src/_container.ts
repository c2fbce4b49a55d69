import { keyTokens } from "./_key_tokens.ts";
import { HARMLESS_TAILS } from "./_key_words.ts";
import { matches } from "./_matches.ts";
import { isOpaque, isPlaceholder } from "./_plausible.ts";
import type { Scan } from "./_scan.ts";
import { wordSet } from "./_word_set.ts";

/** Last words of members beside secrets in an object that is named after all of them, further to the harmless ones. */
const BESIDE = wordSet(
  "samesite site secure httponly only domain region username user iss aud subject profile grant typ role roles host port protocol crv use publickey",
);
/** Last words of JSON Schema and of the languages like it, further to the harmless ones. */
const SCHEMA_WORDS = wordSet(
  "ref schema description title pattern minimum maximum items properties nullable optional deprecated only of not enum",
);
const SCHEMA =
  /[{,]\s{0,16}\\{0,3}["']?(?:type\\{0,3}["']?\s{0,2}:\s{0,2}\\{0,3}["'[]{0,2}(?:string|number|integer|boolean|object|array|null)\b|\$ref\\{0,3}["']?\s{0,2}:)/;
const MEMBER = /[{,]\s{0,16}\\{0,3}["']?([A-Za-z$][\w.$-]{0,63})\\{0,3}["']?\s{0,2}:\s{0,2}(?=(\S{1,64}))/g;
const DEMAND =
  /^\[(?:must|should|needs to|has to|cannot|may not|is|expected|required|at least) [A-Za-z\d ]{3,80}\]$/;

/** An object or a list without a value in it, the description of one, or one whose members are judged by their own names. */
export function isHarmlessContainer(scan: Scan, value: string): boolean {
  if (!/[A-Za-z0-9]/.test(value) || DEMAND.test(value)) return true;
  if (!value.startsWith("{") || value.length > 4096) return false;
  const members = [...matches(value, MEMBER)];
  if (members.length === 0) return false;
  if (SCHEMA.test(value)) return members.every(([, name = "", rest = ""]) => describes(name, rest));
  return members.every(([, name = "", rest = ""]) => isJudged(scan, name, rest));
}

/** What a schema says of a value is none; a default, an example or a constant may be one. */
function describes(name: string, rest: string): boolean {
  if (endsWith(name, SCHEMA_WORDS) || rest.startsWith("{")) return true;
  return /^(?:default|examples?|const)$/.test(name) && isConstant(wordOf(rest));
}

function isJudged(scan: Scan, name: string, rest: string): boolean {
  const word = wordOf(rest);
  if (isConstant(word) || /^access_?key_?id$/i.test(name)) return true;
  return scan.policy.keyClass(name).kind === "secret" || (endsWith(name, BESIDE) && !isOpaque(word));
}

function endsWith(name: string, words: ReadonlySet<string>): boolean {
  const tail = keyTokens(name).at(-1) ?? "";
  return words.has(tail) || HARMLESS_TAILS.has(tail);
}

function wordOf(rest: string): string {
  return rest.replace(/^[\\"'`]+|[\\"'`},\]]+.*$/g, "");
}

function isConstant(word: string): boolean {
  return /^(?:true|false|null|undefined|\d{1,6})$/.test(word) || isPlaceholder(word);
}
