import { HAS_CRYPT, HAS_FIELDS, HAS_LABEL, HAS_TOOL } from "./_features.ts";
import type { Rule } from "./_scan.ts";

/** `host:port:database:user:password`, a line of PostgreSQL's password file. */
const PGPASS =
  /(?<![^\s"'`])(?!(?:eip155|bip122|solana|cosmos|caip|did|urn|arn):)(?:\*|(?=[\w.-]*[A-Za-z.])[\w.-]{1,255}):(?:\d{2,5}|\*):[^:\s"'`]{1,64}:[^:\s"'`]{1,64}:((?:\\:|[^:\s"'`]){1,256})(?![^\s"'`])/g;
/** What such a line has in its middle; asked first, since most texts have colons. */
const FIELDS = /:(?:\d{2,5}|\*):[^:\s"'`]{1,64}:/;
/** Hashes of passwords as crypt(3) writes them: they can be tried at leisure. */
const CRYPT =
  /(?<![\w$])\$(?:apr1|1|2[abxy]?|5|6|7|y|gy|sha1|md5|argon2(?:id|i|d)|scrypt|bcrypt-sha256|pbkdf2(?:-[\w-]{1,16})?)\$[\w./+=$,-]{12,512}/g;
/** A user and a password with a slash between, where a word before says that it is one. */
const LOGIN =
  /(?<![\w/-])(?:log[io]n|logged in|signed in|sign-?in|connect(?:ed|ing)?\s{1,2}as|credentials?|creds)(?:\s{1,2}(?:as|with|is|was|were|are|for|of|failed|to))?[\s:=]{1,3}["'`]?[\w.@-]{1,64}\/(?=[^\s/"'`@]{5,128}(?:["'`@,;.)\s]|$))(?=[^\s/"'`@,;)]*[\d!@#$%^&*])(?=[^\s/"'`@,;)]*[A-Za-z])([^\s/"'`@,;)]{5,128})/gi;
/** `command: { name: 'auth', args: [ 'default', '..' ] }` of Redis drivers, and the command itself. */
const AUTH_COMMAND =
  /["']?(?:name|command|cmd)["']?\s{0,2}[:=]\s{0,2}["']auth["']\s{0,2},\s{0,4}["']?(?:args|arguments)["']?\s{0,2}[:=]\s{0,2}\[\s{0,4}(?:["'][^"'\n]{0,128}["']\s{0,2},\s{0,4})?["']([^"'\n]{1,512})["']\s{0,4}\]/gi;
const AUTH_WORDS =
  /(?<!\w)AUTH\s{1,2}(?:[\w.-]{1,64}\s{1,2})?(?=[^\s"']{0,256}[\d!@#$%^&*])([^\s"'`]{8,256})/g;
const USER_PASS =
  /(?<!\w)user(?:name)?\s{1,2}(?!(?:and|or|with|has|whose|[+/&])\s)\S{1,64}\s{1,2}pass(?:word)?\s{1,2}(\S{3,256})/gi;
/** Protocols that send the password on a line of its own. */
const LINE =
  /(?:^|[\r\n>])\s{0,4}(?:PASS(?!\s{1,4}\S{0,256}(?:[/\\]|\.[a-z]{1,4}\s))|AUTH (?:PLAIN|LOGIN))\s{1,4}(\S{2,512})[ \t]{0,4}(?=[\r\n]|$)/g;

const ID = "positional";

/** Passwords that their place alone tells: files and protocols of user, password, and what tools take in order. */
export const positionalRule: Rule = {
  id: ID,
  pack: "credentials",
  when: HAS_CRYPT | HAS_FIELDS | HAS_LABEL | HAS_TOOL,
  find(scan) {
    const { text, flags } = scan;
    if ((flags & HAS_CRYPT) !== 0) scan.hitAll(CRYPT, ID);
    if ((flags & HAS_FIELDS) !== 0 && FIELDS.test(text)) scan.hitAll(PGPASS, ID);
    if ((flags & (HAS_LABEL | HAS_TOOL)) === 0) return;
    if ((flags & HAS_TOOL) !== 0 && text.includes("/")) scan.hitAll(LOGIN, ID);
    // All of these are labels, so that only the stretch with labels is asked.
    const labels = text.slice(Math.max(0, scan.labels[0] - 1), scan.labels[1]);
    if ((flags & HAS_TOOL) !== 0 || /PASS|AUTH/.test(labels))
      for (const pattern of [LINE, AUTH_WORDS]) scan.hitAll(pattern, ID);
    if (text.includes("arg") && /["']auth["']/i.test(text)) scan.hitAll(AUTH_COMMAND, ID);
    if (/\spass/i.test(labels)) scan.hitAll(USER_PASS, ID);
  },
};
