import { HAS_FLAG, HAS_TOOL } from "./_features.ts";
import { matches } from "./_matches.ts";
import { isPlaceholder } from "./_plausible.ts";
import type { Rule, Scan } from "./_scan.ts";

/** Value of a flag: in quotation marks, or up to the next space. */
const VALUE = "(\"[^\"\\n]{1,256}\"|'[^'\\n]{1,256}'|[^\\s\"'-][^\\s\"']{0,255})";

/** Tools, and what stands before a password in their arguments. Long flags are labels and read as such. */
const TOOLS: readonly (readonly [tools: string, password: string])[] = [
  // With a space, -p asks for the password and the next argument is a database; -P is a port.
  ["mysql\\w{0,12}|mariadb(?:-\\w{1,12})?", "\\s-p(?=[^\\s=-])"],
  ["mongo\\w{0,12}|sshpass|cqlsh|rabbitmqadmin|plink|pscp", "\\s-pw?[ =]?"],
  [
    "(?:docker|podman|nerdctl|buildah|skopeo|oras|az|helm registry)\\s{1,2}login|twine\\s{1,2}upload",
    "\\s-p[ =]?",
  ],
  ["\\w{5,6}-cli", "\\s(?:-a[ =]?|--pass[ =])"],
  ["curl|wget2?", "\\s-[A-Za-z]{0,6}[uU][ =]?[\"']?[^\\s:\"'-][^\\s:\"']{0,64}:(?!\\/\\/)"],
  ["aws\\s{1,2}configure\\s{1,2}set", "\\s[\\w.-]{0,40}(?:secret|token)[\\w.-]{0,40}\\s{1,2}"],
  ["(?:gh|glab)\\s{1,2}auth|(?:docker|npm|podman)\\s{1,2}login|sudo|passwd|kinit|su", "<<<\\s?"],
  [
    "(?:wrangler|vercel|netlify|gcloud|heroku|doppler|eas|fly|flyctl|supabase|pulumi|gh|aws|vault)(?=\\s[^\\n]{0,40}(?:secret|env|config|ssm|kv))",
    "\\s(?:--?(?:value|data|secret|body)[ =]|value=)",
  ],
  ["openssl", "\\s-(?:k[ =]|K[ =]|pass(?:in|out)?[ =](?:pass:)?)"],
  ["vault\\s{1,2}login(?=\\s{1,4}(?:[\"']|\\S{0,64}\\d))", "(?<=login)\\s{1,4}"],
  ["https?|xhs?", "\\s-a[ =]?[^\\s:\"']{1,64}:"],
];

const COMPILED = TOOLS.map(
  ([tools, password]) =>
    new RegExp(`(?<![\\w.-])(?:${tools})(?:\\.exe)?(?=\\s)[^\\r\\n|;]{0,200}?${password}${VALUE}`, "g"),
);
/** `-u user:password` of curl and others; a short number is a group or a port. */
const USER =
  /(?:^|\s)(?:-u|--user|--userpwd|--basic|--auth|--proxy-user)[ =]{1,2}["']?[^\s:"']{0,64}:(?!\/\/|\d{1,5}(?:[\s/"']|$))([^\s"']{1,256})/g;

/** Members of a Kubernetes secret. */
const LITERALS = new RegExp(`--from-literal[= ]["']?[\\w.-]{1,64}=${VALUE}`, "g");

/** Passwords on command lines, by tool and flag or by position. */
export const commandLineRule: Rule = {
  id: "command-line",
  pack: "credentials",
  when: HAS_FLAG | HAS_TOOL,
  find(scan) {
    const { text } = scan;
    if (text.includes(" -")) for (const pattern of [USER, LITERALS]) group(scan, pattern);
    if (text.includes(" -") || /\b(?:aws|vault|sudo|kinit|passwd)\s/.test(text))
      for (const pattern of COMPILED) group(scan, pattern);
  },
};

/** Hits the first group of a match, which is its end. */
function group(scan: Scan, pattern: RegExp): void {
  for (const m of matches(scan.text, pattern)) {
    const quoted = /^["'].*["']$/.test(m[1] ?? "");
    const value = quoted ? (m[1] ?? "").slice(1, -1) : (m[1] ?? "");
    if (isPlaceholder(value) || /^\$[({]?\w/.test(value)) continue;
    const end = m.index + m[0].length - (quoted ? 1 : 0);
    scan.hit(end - value.length, end, "command-line");
  }
}
