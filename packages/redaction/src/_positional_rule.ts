import { HAS_AT, HAS_CRYPT, HAS_FIELDS, HAS_LABEL, HAS_TOOL } from "./_features.ts";
import type { Rule } from "./_scan.ts";

/** `host:port:database:user:password`, a line of PostgreSQL's password file. */
const PGPASS =
  /(?<![^\s"'`])(?!(?:eip155|bip122|solana|cosmos|caip|did|urn|arn):)(?:\*|(?=[\w.-]*[A-Za-z.])[\w.-]{1,255}):(?:\d{2,5}|\*):[^:\s"'`]{1,64}:[^:\s"'`]{1,64}:((?:\\:|[^:\s"'`]){1,256})(?![^\s"'`])/g;
/** What such a line has in its middle; asked first, since most texts have colons. */
const FIELDS = /:(?:\d{2,5}|\*):[^:\s"'`]{1,64}:/;
/** Hashes of passwords as crypt(3) and directory servers write them: they can be tried at leisure. */
const CRYPT =
  /(?<![\w$])\$(?:apr1|1|2[abxy]?|5|6|7|y|gy|sha1|md5|argon2(?:id|i|d)|scrypt|bcrypt-sha256|pbkdf2(?:-[\w-]{1,16})?)\$[\w./+=$,-]{12,512}/g;
const DIRECTORY =
  /\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT|PBKDF2(?:-SHA\d{1,3})?|ARGON2)\}[\w./+=$,-]{8,512}/g;
const NETRC =
  /(?<![\w.-])(?:machine\s{1,8}[\w.:*-]{1,255}|default)(?:\s{1,8}(?:login|account)\s{1,8}\S{1,128}){0,2}\s{1,8}password\s{1,8}("[^"\n]{1,256}"|\S{1,256})/g;
/** A user and a password with a slash between, where a word before says that it is one. */
const SLASH =
  /(?<![\w/-])(?:sqlplus|sqlldr|sqlcl|expdp|impdp|rman(?:\s{1,2}target)?|jdbc:oracle:\w{1,8}:)(?:\s{0,4}-[A-Za-z]{1,2}(?=\s)){0,3}\s{0,4}["']?[\w.$#-]{1,64}\/("[^"\n]{1,128}"|[^\s"'@/]{1,128})/gi;
const LOGIN =
  /(?<![\w/-])(?:log[io]n|logged in|signed in|sign-?in|connect(?:ed|ing)?\s{1,2}as|credentials?|creds)(?:\s{1,2}(?:as|with|is|was|were|are|for|of|failed|to))?[\s:=]{1,3}["'`]?[\w.@-]{1,64}\/(?=[^\s/"'`@]{5,128}(?:["'`@,;.)\s]|$))(?=[^\s/"'`@,;)]*[\d!@#$%^&*])(?=[^\s/"'`@,;)]*[A-Za-z])([^\s/"'`@,;)]{5,128})/gi;
const DESCRIPTOR =
  /(?<![\w/@:])[\w$#]{1,64}\/([^\s/"'`@]{2,128})@(?:\/\/)?[\w.-]{1,255}(?::\d{2,5}\/\w|\/\w{1,32}(?:[\s"')]|$))/g;
/** The end of a descriptor, asked first: names of packages have an at sign too. */
const SERVICE = /@(?:\/\/)?[\w.-]{1,255}(?::\d{2,5}\/\w|\/\w{1,32}(?:[\s"')]|$))/;
/** `command: { name: 'auth', args: [ 'default', '..' ] }` of Redis drivers, and the command itself. */
const AUTH_COMMAND =
  /["']?(?:name|command|cmd)["']?\s{0,2}[:=]\s{0,2}["']auth["']\s{0,2},\s{0,4}["']?(?:args|arguments)["']?\s{0,2}[:=]\s{0,2}\[\s{0,4}(?:["'][^"'\n]{0,128}["']\s{0,2},\s{0,4})?["']([^"'\n]{1,512})["']\s{0,4}\]/gi;
const AUTH_WORDS =
  /(?<!\w)AUTH\s{1,2}(?:[\w.-]{1,64}\s{1,2})?(?=[^\s"']{0,256}[\d!@#$%^&*])([^\s"'`]{8,256})/g;
const ARGUMENT =
  /(?<![\w.-])(?:rclone\s{1,2}obscure|vault\s{1,2}login)\s{1,4}(?=\S{0,64}\d)([^\s-]\S{3,256})/g;
const USER_PASS =
  /(?<!\w)user(?:name)?\s{1,2}(?!(?:and|or|with|has|whose|[+/&])\s)\S{1,64}\s{1,2}pass(?:word)?\s{1,2}(\S{3,256})/gi;
/** Protocols that send the password on a line of its own. */
const LINE =
  /(?:^|[\r\n>])\s{0,4}(?:PASS(?!\s{1,4}\S{0,256}(?:[/\\]|\.[a-z]{1,4}\s))|IDENTIFY|AUTH (?:PLAIN|LOGIN))\s{1,4}(\S{2,512})[ \t]{0,4}(?=[\r\n]|$)/g;
const CHPASSWD = /["']?[\w.-]{1,64}:([^\s"'|:]{2,128})["']?\s{0,4}\|\s{0,4}(?:sudo\s{1,4})?chpasswd\b/g;

const ID = "positional";

/** Passwords that their place alone tells: files and protocols of user, password, and what tools take in order. */
export const positionalRule: Rule = {
  id: ID,
  pack: "credentials",
  when: HAS_AT | HAS_CRYPT | HAS_FIELDS | HAS_LABEL | HAS_TOOL,
  find(scan) {
    const { text, flags } = scan;
    if ((flags & HAS_CRYPT) !== 0) for (const pattern of [CRYPT, DIRECTORY]) scan.hitAll(pattern, ID);
    if ((flags & HAS_FIELDS) !== 0 && FIELDS.test(text)) scan.hitAll(PGPASS, ID);
    if ((flags & HAS_AT) !== 0 && SERVICE.test(text)) scan.hitAll(DESCRIPTOR, ID);
    if ((flags & (HAS_LABEL | HAS_TOOL)) === 0) return;
    if (text.includes("password")) scan.hitAll(NETRC, ID);
    if ((flags & HAS_TOOL) !== 0 && text.includes("/"))
      for (const pattern of [SLASH, LOGIN]) scan.hitAll(pattern, ID);
    // All of these are labels, so that only the stretch with labels is asked.
    const labels = text.slice(Math.max(0, scan.labels[0] - 1), scan.labels[1]);
    if ((flags & HAS_TOOL) !== 0 || /PASS|AUTH/.test(labels))
      for (const pattern of [LINE, AUTH_WORDS]) scan.hitAll(pattern, ID);
    if (text.includes("arg") && /["']auth["']/i.test(text)) scan.hitAll(AUTH_COMMAND, ID);
    if (/\spass/i.test(labels)) scan.hitAll(USER_PASS, ID);
    if ((flags & HAS_TOOL) !== 0 && /rclone|vault/.test(text)) scan.hitAll(ARGUMENT, ID);
    if (text.includes("chpasswd")) scan.hitAll(CHPASSWD, ID);
  },
};
