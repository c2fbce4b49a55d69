import { HAS_LABEL, HAS_QUOTE } from "./_features.ts";
import { matches } from "./_matches.ts";
import { isHarmless, isOpaque } from "./_plausible.ts";
import type { Rule, Scan } from "./_scan.ts";
import { textBefore } from "./_text_before.ts";

/** Functions whose last text is a secret, whatever it looks like. */
const TAKES_SECRET =
  /\((?<=(?<![\w$])(?:(?:\w{1,32}\.)?(?:auth|basicAuth|fromEncryptedJson(?:Sync)?|createHmac|createClient|(?:bcrypt(?:js)?|argon2|scrypt)\.(?:hash|compare|verify)(?:Sync)?|createCipheriv|createDecipheriv|set\w{0,16}(?:(?:Api|Private|Secret)Key|Password|Secret|Token)|signInWithPassword|signInWithEmailAndPassword|createUserWithEmailAndPassword|unlockAccount|importRawKey|unlock)|(?:jwt|jsonwebtoken|wallet|signer|keystore|cipher|crypto|AES|\w{0,24}[wW]allet)\.(?:sign|verify|encrypt|encryptSync|decrypt)|new\s(?:\w{1,24}\.){0,2}(?:Stripe|Resend|OpenAI|Anthropic|Octokit|WebClient|Telegraf|(?:Infura|Alchemy|Ankr|QuickNode|Quicknode|Chainstack|Etherscan|Pocket|Blockscout)(?:WebSocket)?Provider)|auth\s?=\s?)\s?\()(?=[^\n]{0,512}["'`])/g;
const STRING = /(["'`])((?:(?!\1)[^\\\n]|\\.){1,512})\1/g;
/** A name and a value in brackets: `set("api_secret", "..")`, `["x-api-key", ".."]`. */
const PAIR =
  /(?:^|[[({,\s])\s{0,4}(["'`])([A-Za-z][\w.-]{1,63})[:=]?\s?\1(?:\s{0,2}(?:,|=>)\s{0,16}|\s{1,4}(?:(?:(?:with|has) )?value |(?:got|received|is|was) )?)(["'`])((?:(?!\3)[^\\\n]|\\.){1,512})\3(?!\s?:)/g;
/** What names the other members of a record, and what holds the value: `{"name":"API_SECRET","value":".."}`. */
const NAME =
  /["']?\b(?:name|key|id|field|(?:instance)?path|loc|property|param|parameter(?:key)?|env|header|variable|argument)["']?\s{0,2}[:=]\s{0,2}(?:\[[^\]\n]{0,80})?(["'])([\w./:-]{1,64})\1/gi;
const VALUE =
  /["']?\b(?:(?:parameter)?value|input|data|received|from|to)["']?\s{0,2}[:=]\s{0,2}(["'])((?:(?!\1)[^\\\n]|\\.){1,512})\1/gi;
/** What validators say: `value ".." at path "keystorePassword"`, `apiKey must be a string, but was ".."`. */
const VALUE_OF =
  /value:?\s(["'`])((?:(?!\1)[^\n]){1,512})\1[^"'`\n]{0,40}?\b(?:at|for|to)\b(?:\spath)?[^\w\n]{0,6}([\w.$/-]{2,64})/gi;
const MUST_BE =
  /([A-Za-z_][\w.-]{1,48})["'`]?\s(?:must|should|expected)\s[^\n]{0,80}?\b(?:got|was|received|value):?\s{1,2}(?:["'`]{1,2}([^\n"'`]{1,256})|([^\s"'`]{6,256}))/g;
/** Members of a provider's options by vendor. */
const VENDOR =
  /\b(?:infura|alchemy|etherscan|pocket|ankr|quicknode|chainstack|blockscout)["']?\s{0,2}:\s{0,2}(["'])([A-Za-z0-9_-]{16,128})\1/g;

/** Secrets among the arguments of a call, and in pairs of a name and a value. */
export const callRule: Rule = {
  id: "call",
  pack: "credentials",
  when: HAS_QUOTE | HAS_LABEL,
  find(scan) {
    const { text } = scan;
    if (text.includes("("))
      for (const m of matches(text, TAKES_SECRET)) hideLast(scan, m.index + m[0].length);
    for (const m of matches(text, PAIR)) named(scan, m[2] ?? "", m[4] ?? "", m.index + m[0].length - 1);
    if (/[{]|value/.test(text)) {
      // A record with several secret names is read once.
      let last = 0;
      for (const m of matches(text, NAME))
        if (m.index >= last) last = Math.max(last, findValues(scan, m[2] ?? "", m.index));
    }
    if (text.includes("value"))
      for (const m of matches(text, VALUE_OF))
        named(scan, m[3] ?? "", m[2] ?? "", m.index + m[0].indexOf(m[2] ?? "", 6) + (m[2] ?? "").length);
    if (/must|should|expected/.test(text))
      for (const m of matches(text, MUST_BE))
        named(scan, m[1] ?? "", m[2] ?? m[3] ?? "", m.index + m[0].length);
    for (const m of matches(text, VENDOR)) hide(scan, m[2] ?? "", m.index + m[0].length - 1);
  },
};

/** Hides the values of the record in which a secret name stands; returns the end of the record. */
function findValues(scan: Scan, name: string, at: number): number {
  if (scan.policy.keyClass(name).kind !== "secret") return 0;
  const before = textBefore(scan.text, at, 512);
  // What stands in no braces is a record of one line.
  const braces = before.includes("{");
  const from = at - before.length + before.lastIndexOf(braces ? "{" : "\n") + 1;
  const ahead = scan.text.slice(from, at + 512);
  const end = ahead.indexOf(braces ? "}" : "\n", at - from);
  const record = end < 0 ? ahead : ahead.slice(0, end);
  for (const m of matches(record, VALUE)) named(scan, name, m[2] ?? "", from + m.index + m[0].length - 1);
  return from + record.length;
}

/** The last text before the bracket that closes the call. */
function hideLast(scan: Scan, from: number): void {
  const window = scan.text.slice(from, from + 1024);
  const line = window.slice(0, Math.min(...[window.indexOf("\n"), window.length].filter((i) => i >= 0)));
  let last: RegExpExecArray | undefined;
  let depth = 1;
  for (const m of matches(line, STRING)) {
    const gap = line.slice(last === undefined ? 0 : last.index + last[0].length, m.index);
    for (const c of gap) if (depth > 0) depth += c === "(" ? 1 : c === ")" ? -1 : 0;
    if (depth < 1) break;
    last = m;
  }
  const value = last?.[2];
  if (last === undefined || value === undefined || KNOWN.test(value)) return;
  hide(scan, value, from + last.index + 1 + value.length);
}

/** Names of algorithms, encodings and networks: arguments that stand last when the secret is a variable. */
const KNOWN =
  /^(?:sha-?\d{1,3}(?:-\d{3})?|md5|aes-[\w-]{1,16}|hex|base64(?:url)?|utf-?8|[HRE]S\d{3}|mainnet|homestead|sepolia|goerli|holesky|hoodi|polygon|matic|amoy|mumbai|arbitrum|optimism|base|bnb|linea|utf8|latin1|wss?|https?)$/i;

function named(scan: Scan, name: string, value: string, end: number): void {
  const { kind } = scan.policy.keyClass(name);
  // Two names in a row are a list of names.
  const isName = /^[A-Za-z][A-Za-z_.-]{1,63}$/.test(value) && scan.policy.keyClass(value).kind !== "neutral";
  if (kind === "secret" && !isName && !isOpaque(name)) hide(scan, value, end);
}

function hide(scan: Scan, value: string, end: number): void {
  if (isHarmless(value) || value.includes("://") || value.includes("${")) return;
  scan.hit(end - value.length, end, "call");
}
