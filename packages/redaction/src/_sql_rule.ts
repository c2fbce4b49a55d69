import { HAS_AT, HAS_LABEL, HAS_QUOTE, HAS_STATEMENT, HAS_TOOL } from "./_features.ts";
import { matches } from "./_matches.ts";
import { isAddress, isUuid } from "./_plausible.ts";
import type { Rule, Scan } from "./_scan.ts";
import { textBefore } from "./_text_before.ts";

const STATEMENT =
  /\b(?:SELECT\s[^;]{0,400}?\sFROM\s|INSERT\s{1,4}INTO\s|REPLACE\s{1,4}INTO\s|UPDATE\s{1,4}[\w."`]{1,64}\s{1,4}SET\s|DELETE\s{1,4}FROM\s|(?:ALTER|CREATE)\s{1,4}(?:USER|ROLE)\s|IDENTIFIED\s{1,4}BY\s|CALL\s{1,4}[\w.]{1,64}\s?\((?=[^)\n]{0,400}['"])|EXEC(?:UTE)?\s{1,4}[\w.[\]]{1,64}\s{1,4}(?:@\w{1,64}\s{0,2}=\s{0,2})?N?'|(?<![.\w])VALUES\s?\(\s{0,4}(?:[NxEB]?'|[$:@]\w|\?|-?\d|NULL|DEFAULT|\w{1,32}\()|parameters:\s\$1|SET\s{1,4}PASSWORD)/i;
/** In lower case a sentence may have the same words: "select one from the list". */
const KEYWORD =
  /\b(?:SELECT|INSERT|REPLACE|UPDATE|DELETE|ALTER|CREATE|IDENTIFIED|CALL|EXEC|EXECUTE|VALUES|SET)\b/;
const OPERATOR =
  /(?:[=(,<>~|]|\b(?:like|in|by|password|to|with|values|using|is|and|or|set|then|else))\s{0,4}$/i;
const LITERAL = /(?<![\w'\\])(?:[NxEB](?='))?'((?:[^'\\]|''|\\.){0,4096})'(?![\w'])/g;
const OPEN_LITERAL = /(?:[=(,]\s{0,4})'([^']{1,4096})$/g;
const REDIS =
  /^\s{0,4}(?:AUTH|CONFIG\s{1,4}SET\s{1,4}(?:requirepass|masterauth)|ACL\s{1,4}SETUSER\s{1,4}\S{1,64})\s{1,4}(\S[^\r\n]{0,512})/gi;
const DSN =
  /(?<![\w/])[\w.-]{1,64}:([^\s@/:"'`()]{2,128})@(?:(?:tcp|udp|unix)?\(|[\w.-]{1,255}:\d{2,5}(?!\d))/g;

/** The end of a DSN, asked first: names of packages have an at sign too. */
const SERVER = /@(?:(?:tcp|udp|unix)?\(|[\w.-]{1,255}:\d{2,5}(?!\d))/;

/** Literals of database statements, and passwords in connection strings. */
export const sqlRule: Rule = {
  id: "sql",
  pack: "credentials",
  when: HAS_AT | HAS_LABEL | HAS_QUOTE | HAS_STATEMENT | HAS_TOOL,
  find(scan) {
    const { text, key } = scan;
    if (text.includes("@") && SERVER.test(text)) scan.hitAll(DSN, "dsn");
    if (key.sql || /^\s*(?:AUTH(?:\s+\S+){1,2}|CONFIG\s.*|ACL\s.*)\s*$/.test(text))
      scan.hitAll(REDIS, "redis");
    if ((scan.flags & HAS_QUOTE) === 0 || !text.includes("'")) return;
    if (!key.sql && !STATEMENT.test(text)) return;
    const sure = key.sql || KEYWORD.test(text);
    for (const m of matches(text, LITERAL)) {
      if (sure || OPERATOR.test(textBefore(text, m.index, 12)))
        judge(scan, m.index + m[0].indexOf("'") + 1, m[1] ?? "");
    }
    scan.hitAll(OPEN_LITERAL, "sql");
  },
};

/** Every string literal goes, but for what is public by its shape or known to be. */
function judge(scan: Scan, at: number, value: string): void {
  if (value === "" || isAddress(value) || isUuid(value)) return;
  // A statement in the source of a program stands in quotation marks as a whole.
  if (/^\s{0,4}(?:SELECT|INSERT|UPDATE|DELETE|WITH)\s[^'"`\\]{1,4096}$/i.test(value)) return;
  if (/^0x[0-9a-fA-F]{64}$/.test(value)) return;
  if (/^-?\d{1,18}(?:\.\d{1,18})?$/.test(value) || /^\d{4}-\d\d-\d\d(?:[T ][\d:.Z+-]{2,24})?$/.test(value))
    return;
  scan.hit(at, at + value.length, "sql", "?");
}
