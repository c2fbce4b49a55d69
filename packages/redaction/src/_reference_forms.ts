import { alternatives } from "./_alternatives.ts";

const NAME = String.raw`[A-Za-z_][\w.-]{0,63}`;
const QUOTED = String.raw`["'\`][\w./:#-]{1,128}["'\`]`;
/** A word of labels in a name without digits: `$newPassword` is a variable, `$ummer24` is none. */
const SPOKEN =
  "(?:[a-z]{1,16}_){0,3}(?:[a-z]{1,16}(?=[A-Z]))?(?:[A-Z][a-z]{1,16}){0,3}?(?:[Pp]ass(?:word|phrase|wd|code)|[Pp]wd|[Ss]ecret|[Tt]oken|[Kk]ey|[Mm]nemonic|[Ss]eed|[Pp]hrase|[Cc]redentials?|[Aa]uth|[Cc]ookie|[Jj]wt|[Oo]tp|[Cc]ode)s?(?:[A-Z_][A-Za-z_]{0,16})?";

/**
 * What programs write in place of a secret that they keep elsewhere: variables, templates, paths of stores. A default
 * after the name may be the secret itself: ${DB_PASSWORD:-x}, ${db.password:x}
 */
const FORMS: string = alternatives(String.raw`
  \$?\{\{[^{}\n]{1,128}\}\}
  \$\{(?:(?:env|ssm|self|opt|file|vault|secrets?|cf|sm|aws|gcp|param|stage):)?[A-Za-z_/][\w./#-]{0,127}(?::(?:[-+=]?|\?[^{}\n]{0,80}))?\}
  \$(?:env:)?[A-Z][A-Z0-9_]{0,63}(?!\w)
  [$:@](?=[a-z])${SPOKEN}(?!\w)
  %\(${NAME}\)s
  \$\d{1,3}(?!\w)
  %[A-Z][A-Z0-9_]{1,63}%
  <%[=-]?[^%\n]{1,128}%>
  #\{[\w.]{1,64}\}
  \$\((?:cat|pass|op|aws|vault|gcloud|kubectl|security|bw|sops|head|openssl rand)\s[^()\n]{1,128}\)
  <[A-Za-z.][\w .-]{0,63}>
  (?:process\.env|import\.meta\.env|Deno\.env|Bun\.env|os\.environ|env)(?:\.[A-Z]\w{0,63}|\[${QUOTED}\])!?
  (?:os\.getenv|os\.environ\.get|System\.getenv|Deno\.env\.get|getenv|env|vars\.get|config\.get)\(${QUOTED}\)
  !(?:vault|Ref|Sub|GetAtt|ImportValue|env|ENV|secret)\s[\w./:#-]{1,128}
  (?:op|ref\+\w{1,16}|vault|awssm|gcpsm|akv|keychain|bw|secretref|ssm|file):/{0,3}[A-Za-z][\w.-]{0,63}(?:/[\w.-]{1,64}){1,8}(?:#\w{1,64})?
  env:[A-Z][A-Z0-9_]{0,63}
  /(?:run|var|etc|mnt|opt|app|srv|home)/(?:[A-Za-z][\w-]{0,31}/){0,8}[A-Za-z._][\w.-]{0,47}
  \.{0,2}/(?:[\w.-]{1,64}/){0,12}[\w.-]{1,64}\.(?:json|pem|key|txt|ya?ml|env|crt|p12|pfx|enc|gpg|asc|age|toml|ini|conf|keystore|jks)
  [\w-]{1,48}\.(?:json|pem|p12|pfx|keystore|jks|gpg|asc)
  \{(?:${SPOKEN}|[A-Z_]{3,32})\}
  (?:[Yy]our[-_ ][A-Za-z][A-Za-z_ -]{1,40}|YOUR[A-Z_]{2,40}|REPLACE_?(?:ME|WITH)\w{0,32})
  (?:[a-z]{1,4}[-_]){0,2}(?:\.{3}|\u2026)
  alias/[\w/.-]{1,64}
  projects/[\w-]{1,64}(?:/[A-Za-z]{1,20}/[\w.-]{1,128}){1,6}
  arn:aws[\w-]{0,16}:[\w-]{1,32}:[\w-]{0,32}:\d{0,12}:[\w/.:+=@*-]{1,256}
  @Microsoft\.KeyVault\([^()\n]{1,256}\)
  \[object \w{1,32}\]
  \((?:hidden|redacted|masked|removed|none|empty|omitted|secret|sensitive|sensitive value|known after apply|not set|unset|not shown|set|unchanged|null|undefined)\)
`);
/** Lines of programs: members, calls, functions. What follows a bracket is judged by itself. */
const CODE: string = alternatives(String.raw`
  (?:this|self|config|options|opts|ctx|context|req|request|res|response|args|params|props|state|settings|secrets|credentials|creds|user|body|input|data|event|session|wallet|signer|account)(?:\??\.[A-Za-z_]{1,40}){1,6}!?(?=$|[\s,;)\]}|])
  (?:(?<=\s=\s{1,4}|={3}\s|=>\s)[a-z_$][A-Za-z_$]{0,40}(?:\.[A-Za-z_]{1,40}){0,4}\.${SPOKEN}(?=$|[\s,;)\]}|])|[a-z_$][A-Za-z_$]{0,40}(?:\.[A-Za-z_]{1,40}){0,4}\.${SPOKEN}(?=;))
  (?:await\s{1,2})?[A-Za-z_$][\w$]{0,40}(?:\.[A-Za-z_$][\w$]{0,40}){1,5}\((?=$|[\s"'\`{[(#)]|[A-Za-z_$][\w$]{0,40}[.,)(\[ ])(?!\w{0,40}\d\w{0,40}\))
  (?:await\s{1,2})?(?:get|read|load|fetch|decrypt|decode|derive|generate|create|random|require|resolve|lookup|to|parse|import)(?:[A-Z][A-Za-z]{0,40})?\((?=$|[\s"'\`{[(#)]|[A-Za-z_$][\w$]{0,40}[.,)(\[ ])(?!\w{0,40}\d\w{0,40}\))
  [A-Za-z_]{1,40}(?:\.[A-Za-z_]{1,40}){0,4}\[(?:["'\`]|\d{1,2}\])
  \([\w\s,:?]{0,80}\)\s?=>
`);
const SCHEME = "(?:[Bb]earer |[Bb]asic |[Tt]oken |BEARER |0x)?";
const ONE = new RegExp(`(?:${SCHEME}(?:${FORMS})(?::(?=[$%{<]))?){1,4}(?=$|[\\s"'\`,;:)\\]}<>&|\\\\])`, "y");
const LINE = new RegExp(CODE, "y");

/**
 * End of a variable, a template, a path of a store or a call that begins at a position; -1 when it is none. What
 * stands there is what a program will put in place of a secret, not the secret.
 */
export function referenceEnd(text: string, at: number): number {
  ONE.lastIndex = at;
  if (ONE.test(text)) return ONE.lastIndex;
  LINE.lastIndex = at;
  return LINE.test(text) ? LINE.lastIndex : -1;
}

/** True when a whole value refers to a secret and is none. */
export function isReferenceValue(value: string): boolean {
  ONE.lastIndex = 0;
  return value.length < 512 && ONE.test(value) && ONE.lastIndex === value.length;
}
