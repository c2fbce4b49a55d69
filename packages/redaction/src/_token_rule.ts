import { HAS_RUN } from "./_features.ts";
import type { Rule } from "./_scan.ts";

/** Starts that only one issuer uses; what follows is the secret. Lengths are lower bounds: a value may be cut. */
const PREFIXED: readonly string[] = [
  // cloud
  "(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,16}(?![A-Z0-9])",
  "AIza[\\w-]{24,40}",
  "ya29\\.[\\w-]{16,2048}",
  "1//0[\\w-]{30,256}",
  "GOCSPX-[\\w-]{16,64}",
  "LTAI[A-Za-z0-9]{12,20}",
  "do[opr]_v1_[a-f0-9]{24,64}",
  "dapi[0-9a-f]{24,34}",
  "AccountKey=[A-Za-z0-9+/=]{16,128}",
  "hv[sbr]\\.[\\w-]{16,256}",
  "atlasv1\\.[\\w-]{16,128}",
  "tskey-[\\w-]{12,128}",
  "fm[12]_[\\w+/=-]{24,1024}",
  "dckr_(?:pat|oat)_[\\w-]{16,64}",
  "sbp_[a-f0-9]{24,64}",
  "sb_secret_[\\w-]{12,64}",
  "AGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]{20,2048}",
  "NRAK-[A-Z0-9]{16,32}",
  // code hosts and registries
  "gh[oprsu]_[A-Za-z0-9]{16,255}",
  "github_pat_\\w{16,255}",
  "gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|imt|oas|ffct)-[\\w.-]{16,128}",
  "npm_[A-Za-z0-9]{24,40}",
  "pypi-[\\w-]{16,512}",
  "rubygems_[a-f0-9]{24,64}",
  "AT(?:ATT|CTT|BB)3?[\\w=-]{20,256}",
  // payment, messages, services
  "(?:sk|rk)_(?:live|test|prod)_[A-Za-z0-9]{10,256}",
  "whsec_[A-Za-z0-9+/=]{12,128}",
  "sq0[a-z]{3}-[\\w-]{16,64}",
  "shp(?:at|ca|pa|ss)_[a-fA-F0-9]{24,64}",
  "xox[abeoprs](?:\\.xox[bp])?-[\\w.-]{10,512}",
  "xapp-\\d-[\\w-]{10,512}",
  "SG\\.[\\w-]{12,32}(?:\\.[\\w-]{0,64})?",
  "key-[0-9a-f]{32}",
  "SK[0-9a-f]{32}",
  "[MNO][A-Za-z0-9_-]{22,27}\\.[\\w-]{6}\\.[\\w-]{27,40}",
  "\\d{8,10}:AA[\\w-]{30,36}",
  "lin_(?:api|oauth)_[A-Za-z0-9]{24,64}",
  "(?:secret|ntn)_[A-Za-z0-9]{32,64}",
  "fig[dou]_[\\w-]{24,64}",
  "PMAK-[a-f0-9]{24}-[a-f0-9]{16,40}",
  "sntry[su]_[\\w+/=-]{24,512}",
  "phx_[A-Za-z0-9]{24,64}",
  "FLWSECK[\\w-]{12,64}",
  "CFPAT-[\\w-]{24,64}",
  "EAA[A-Za-z0-9]{60,300}",
  "gl(?:c|sa)_[\\w+/=-]{20,512}",
  "dp\\.(?:st|pt|ct|sa|scim|audit)\\.[\\w.-]{20,128}",
  "hvs\\.[\\w-]{20,256}",
  "rnd_[A-Za-z0-9]{20,64}",
  "pscale_(?:tkn|oauth|pw)_[\\w.-]{20,128}",
  "re_(?=[A-Za-z]*\\d)[A-Za-z0-9]{6,12}_[A-Za-z0-9]{20,48}",
  "tvly-[\\w-]{16,64}",
  "pcsk_[A-Za-z0-9_]{30,128}",
  "nvapi-[\\w-]{30,128}",
  "ops_eyJ[\\w-]{30,4096}",
  "EZ[AT]K[A-Za-z0-9]{40,80}",
  "cqt_[A-Za-z0-9]{20,64}",
  "pim_[A-Za-z0-9]{16,64}",
  "CG-[A-Za-z0-9]{20,32}",
  "ory_[a-z]{2}_[\\w.-]{20,256}",
  "00D[A-Za-z0-9]{9,15}![\\w.]{40,256}",
  "xkeysib-[a-f0-9]{40,80}(?:-[A-Za-z0-9]{8,32})?",
  "(?:FwoG|IQoJ)[A-Za-z0-9+/=]{60,2048}",
  "sbp_[A-Za-z0-9]{30,64}",
  "pplx-[A-Za-z0-9]{24,64}",
  "fw_[A-Za-z0-9]{20,64}",
  "csk-[a-z0-9]{30,64}",
  "mailgun-[\\w-]{20,64}",
  "sgp_[A-Za-z0-9_]{30,128}",
  "dt0[a-z]\\d{2}\\.[A-Z0-9]{24}\\.[A-Z0-9]{48,80}",
  "AKCp[A-Za-z0-9]{50,100}",
  "(?:v1\\.0-|cfut_|cfat_)[\\w-]{30,128}",
  "shippo_(?:live|test)_[a-f0-9]{32,48}",
  "sl\\.[A-Za-z0-9_-]{60,1400}",
  "pat[A-Za-z0-9]{14}\\.[a-f0-9]{40,70}",
  "figo?_[\\w-]{24,64}",
  // models
  "sk-(?:proj|ant|svcacct|admin|or|lf|None)-[\\w-]{16,256}",
  "sk-[A-Za-z0-9]{20,64}",
  "hf_[A-Za-z0-9]{20,40}",
  "gsk_[A-Za-z0-9]{24,64}",
  "r8_[A-Za-z0-9]{24,48}",
  "xai-[A-Za-z0-9]{24,128}",
  "pplx-[A-Za-z0-9]{24,64}",
  // chains
  "alcht_[A-Za-z0-9]{16,40}",
  "nsec1[02-9ac-hj-np-z]{20,60}",
  "ncryptsec1[02-9ac-hj-np-z]{20,200}",
  "suiprivkey1[02-9ac-hj-np-z]{20,80}",
  "ed25519-priv-0x[0-9a-fA-F]{20,64}",
  "ed25519:[1-9A-HJ-NP-Za-km-z]{80,90}",
  "(?:edsk|spsk|p2sk|edesk)[1-9A-HJ-NP-Za-km-z]{40,100}",
  "(?:addr|root|acct|stake)?_?x?(?:xprv|xsk|_sk)1[02-9ac-hj-np-z]{40,200}",
  "zxviews?1[02-9ac-hj-np-z]{20,300}",
  "secret-(?:extended-)?key-(?:main|test)1?[02-9ac-hj-np-z]{20,400}",
  // any issuer that says so
  "(?:sk|rk|secret|priv|prv|apikey|api_key)[-_](?:[a-z0-9]{2,10}[-_]){0,3}(?=[A-Za-z]*\\d)[A-Za-z0-9]{20,256}",
];

const TOKEN = new RegExp(`(?<![A-Za-z0-9])(?:${PREFIXED.join("|")})`, "g");

/** Credentials that say by their prefix whose they are. */
export const tokenRule: Rule = {
  id: "token",
  pack: "credentials",
  when: HAS_RUN,
  find(scan) {
    for (const match of scan.text.matchAll(TOKEN))
      scan.hit(match.index, match.index + match[0].length, "token");
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
  try {
    const whole = head.slice(0, head.length - (head.length % 4));
    return /"(?:alg|typ|enc|kid|cty|jku|x5c)"/.test(atob(whole.replaceAll("-", "+").replaceAll("_", "/")));
  } catch {
    return false;
  }
}
