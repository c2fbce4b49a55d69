import { HAS_RUN } from "./_features.ts";
import type { Rule } from "./_scan.ts";

/**
 * Starts that only one issuer uses, by what follows them. The least lengths are below those of the issuers, as a value
 * may be cut.
 */
const PREFIXED: readonly (readonly [tail: string, starts: string])[] = [
  [
    "[\\w-]{16,}",
    "ya29\\. GOCSPX- hv[sbr]\\. atlasv1\\. tskey- dckr_[po]at_ sb_secret_ pypi- sq0[a-z]{3}- mailgun- github_pat_ sk-(?:proj|ant|svcacct|admin|or|lf|None)-",
  ],
  ["[\\w-]{24,}", "AIza PMAK- 1//0 \\d{8,10}:AA nvapi- pcsk_ ops_eyJ v1\\.0- cf[ua]t_"],
  ["[A-Za-z0-9]{10,}", "[sr]k_(?:live|test|prod)_"],
  ["[A-Za-z0-9]{16,}", "gh[oprsu]_ LTAI rnd_ alcht_ pim_"],
  [
    "[A-Za-z0-9]{20,}",
    "npm_ lin_(?:api|oauth)_ gsk_ xai- hf_ csk- CG- cqt_ pplx- sk- nsec1 ncryptsec1 suiprivkey1 AGE-SECRET-KEY-(?:PQ-)?1",
  ],
  ["[A-Za-z0-9]{30,}", "sbp_ (?:secret|ntn)_ AKCp EAA[A-Za-z0-9]{30}"],
  ["[a-f0-9]{24,}", "do[opr]_v1_ dapi key- SK rubygems_ ed25519-priv-0x"],
  ["[A-Z0-9]{12,}(?![a-z])", "A(?:KI|SI|BI|CC)A NRAK-"],
  [
    "[\\w.+/=-]{16,}",
    "fm[12]_ AT(?:ATT|CTT|BB)3? sntry[su]_ gl(?:pat|[dfr]t|cbt|ptt|soat|agent|imt|oas|ffct)- gl(?:c|sa)_ dp\\.(?:[spc]t|sa|scim|audit)\\. ory_[a-z]{2}_ pscale_(?:tkn|oauth|pw)_",
  ],
  ["[\\w.+/=-]{10,}", "xox[abeoprs]- xapp-\\d- whsec_"],
];
/** What takes more than a start and a length to tell. */
const SHAPED: readonly string[] = [
  "shp(?:at|ca|pa|ss)_[a-fA-F0-9]{24,}",
  "SG\\.[\\w-]{12,}(?:\\.[\\w-]*)?",
  "[MNO][\\w-]{22,27}\\.[\\w-]{6}\\.[\\w-]{27,}",
  "re_(?=[A-Za-z]*\\d)[A-Za-z0-9]{6,12}_[A-Za-z0-9]{20,}",
  "(?:FwoG|IQoJ)[A-Za-z0-9+/]{60,}",
  "xkeysib-[a-f0-9]{40,}(?:-\\w*)?",
  "ed25519:[1-9A-HJ-NP-Za-km-z]{80,}",
  "(?:edsk|spsk|p2sk|edesk)[1-9A-HJ-NP-Za-km-z]{40,}",
  "(?:addr|root|acct|stake)?_?x?(?:xprv|xsk|_sk)1[02-9ac-hj-np-z]{40,}",
  "zxviews?1[02-9ac-hj-np-z]{20,}",
  // any issuer that says so
  "(?:sk|rk|secret|priv|prv|apikey|api_key)[-_](?:[a-z0-9]{2,10}[-_]){0,3}(?=[A-Za-z]*\\d)[A-Za-z0-9]{20,}",
];

const TOKEN = new RegExp(
  `(?<![A-Za-z0-9])(?:${[...PREFIXED.map(([tail, starts]) => `(?:${starts.replaceAll(" ", "|")})${tail}`), ...SHAPED].join("|")})`,
  "g",
);

/** Credentials that say by their prefix whose they are. */
export const tokenRule: Rule = {
  id: "token",
  pack: "credentials",
  when: HAS_RUN,
  find(scan) {
    scan.hitAll(TOKEN, "token");
    findJwt(scan.text, (start, end) => scan.hit(start, end, "jwt"));
  },
};

/** JSON Web Tokens, whole or cut: a base64url header that names an algorithm, then parts after full stops. */
function findJwt(text: string, hit: (start: number, end: number) => void): void {
  let from = 0;
  for (let at = text.indexOf("eyJ"); at >= 0; at = text.indexOf("eyJ", from)) {
    const head = runEnd(text, at);
    let end = head;
    let parts = 1;
    while (text[end] === "." && parts < 5) {
      end = runEnd(text, end + 1);
      parts++;
    }
    from = Math.max(end, at + 3);
    if (!isJwtHeader(text.slice(at, Math.min(head, at + 512)))) continue;
    if (parts > 1 && text[end - 1] === ".") end--;
    hit(at, end);
  }
}

function runEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && /[\w-]/.test(text[end] ?? "")) end++;
  return end;
}

function isJwtHeader(head: string): boolean {
  return /"(?:alg|typ|enc|kid|cty|jku|x5c)"/.test(Buffer.from(head, "base64").toString("latin1"));
}
