import { isAddress, isCid, isHarmless, isMixedCase, isOpaque, isUuid } from "./_plausible.ts";
import { isReferenceValue } from "./_reference_forms.ts";
import type { Scan } from "./_scan.ts";

const MARK = "REDACTED";

/** Redacts user info and opaque host labels; returns the host. */
export function redactAuthority(scan: Scan, from: number, end: number): string {
  const { text } = scan;
  const at = text.lastIndexOf("@", end - 1);
  let start = from;
  if (at >= from) {
    const colon = text.indexOf(":", from);
    if (colon >= 0 && colon < at) {
      if (colon > from && !isMask(text.slice(from, colon)))
        scan.hit(from, colon, "url-userinfo", MARK, false);
      if (!isMask(text.slice(colon + 1, at))) scan.hit(colon + 1, at, "url-userinfo", MARK);
    } else if (!ACCOUNT.test(text.slice(from, at)) && !isMask(text.slice(from, at)))
      scan.hit(from, at, "url-userinfo", MARK);
    start = at + 1;
  }
  const host = text.slice(start, end).replace(/:\d{1,5}$/, "");
  let label = start;
  for (const part of host.split(".")) {
    if (isSecretLabel(part)) scan.hit(label, label + part.length, "url-host", MARK);
    label += part.length + 1;
  }
  return host;
}

/** What a program put in place of a user or a password, or will put there. */
function isMask(part: string): boolean {
  return /^\*{2,64}$/.test(part) || isReferenceValue(part);
}

/** Accounts that stand alone before a host and are no token. */
const ACCOUNT = /^(?:git|hg|svn|root|admin|app|user|guest|default|postgres|mysql|sa|deploy|ubuntu)$/i;

function isSecretLabel(part: string): boolean {
  if (part.length < 24 || isCid(part) || isUuid(part)) return false;
  return /^[0-9a-f]+$/i.test(part) || (isOpaque(part, 24) && !part.includes("-"));
}

const PUBLIC_BEFORE =
  /^(?:tx|txs|transactions?|blocks?|hash|receipts?|address|accounts?|tokens?|assets?|nfts?|contracts?|collections?|ipfs|ipns|commits?|tree|blob|orders?|items?|users?|proposals?|pools?|events?|logs?|uncles?|batch|images?|files?|uploads?|requests?|jobs?|traces?|spans?|listings?|messages?|message-ids?|digest|sha256|sha512|manifests|blobs|userops?|txn|op|graph|revisions?|artifacts?|p2p|peers?|id|containers?|overlay2|sandboxes|snapshots?|layers?)$/i;

/** Hosts of pictures and pages, whose paths are identifiers that look drawn. */
const CONTENT =
  /(?:^|\.)(?:seadn\.io|openseauserdata\.com|lh\d{1,2}\.googleusercontent\.com|cloudinary\.com|nft-cdn\.alchemy\.com|imgix\.net|notion\.so|notion\.site)$/i;

/** Redacts the segments of a path that are keys. `strict`: on a provider's host anything that is not a known word. */
export function redactPath(scan: Scan, from: number, end: number, strict: boolean, host: string): void {
  const { text } = scan;
  if (CONTENT.test(host)) return;
  let start = from;
  let before = "";
  for (let i = from; i <= end; i++) {
    // An ampersand ends the path of a URL that was the value of a parameter.
    if (i < end && !"/;&,".includes(text[i] ?? "/")) continue;
    const segment = text.slice(start, i);
    if (segment !== "") {
      const equals = segment.indexOf("=");
      if (equals > 0) judgeParameter(scan, segment.slice(0, equals), start + equals + 1, i, strict);
      else if (isKeySegment(segment, before, strict, host)) scan.hit(start, i, "url-path", MARK);
      before = segment;
    }
    start = i + 1;
  }
}

/** A name may hold spaces and signs, which a browser writes as percent codes: each of its words is asked. */
function isKeySegment(raw: string, before: string, strict: boolean, host: string): boolean {
  const words = raw.includes("%") ? wordsOf(raw) : [raw];
  return words.some((word) => isKeyWord(word, before, strict, host));
}

function wordsOf(raw: string): string[] {
  let name = raw;
  try {
    name = decodeURIComponent(raw);
  } catch {
    // A percent sign that is no code, or half a code where the text was cut, parts words too.
  }
  // Base64 and the like have pluses, slashes and equals signs, which stand in no name.
  return name.split(/[^\w+/=.~|:!\u0080-\uffff-]+/);
}

/** Hashes, and public keys of secp256k1 and BLS12-381. */
const PUBLIC_SHAPE = /^(?:0x[0-9a-f]{64}|(?:0x)?(?:0[23][0-9a-f]{64}|[0-9a-f]{96}))$/i;
/** What stands after the name of a collection is one of its members. */
const COLLECTION =
  /^(?!\w*(?:key|token|secret|app|project|tenant|node|network|chain|subgraph|account|tx)s$)[a-z][a-z_-]{2,30}s$/i;
const IDENTIFIER =
  /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{24}|[0-9a-f]{32}|[0-9A-HJKMNP-TV-Z]{26})$/i;

function isKeyWord(raw: string, before: string, strict: boolean, host: string): boolean {
  const segment = raw.replace(/\.(?:json|png|jpe?g|gif|svg|webp|mp4|js|css|html?)$/i, "");
  if (segment.length < 8 || isAddress(segment) || isCid(segment)) return false;
  if (segment.startsWith(":") || /[:_]0x[\da-f]{40}$/i.test(segment)) return false;
  if (/^bot\d{6,}:/i.test(segment)) return true;
  if (PUBLIC_BEFORE.test(before) && !(strict && before === "id")) return false;
  if (PUBLIC_SHAPE.test(segment) || (COLLECTION.test(before) && IDENTIFIER.test(segment))) return false;
  if (strict && /^v\d$/.test(before) && /^(?=\w*\d)(?=\w*[a-f])[0-9a-f]{8,15}$/i.test(segment)) return true;
  if (strict) return isStrictKey(segment);
  if (isUuid(segment)) return false;
  if (/^[0-9a-f]+$/i.test(segment)) return isHexKey(segment, before);
  if (raw !== segment || segment.includes(".")) return segment.startsWith("eyJ");
  const webhook = /webhook|hooks?\./i.test(host) || /webhook|hooks?/i.test(before);
  return isOpaque(segment, webhook ? 12 : 20) && !isSlug(segment);
}

/** Hexadecimal segments of 24 to 64 digits after a version or another key position. */
function isHexKey(segment: string, before: string): boolean {
  if (segment.length < 24 || segment.length === 40) return false;
  return /^(?:v\d+|rpc|api|key|keys|eth|lb|ws|)$/i.test(before) || segment.length === 64;
}

function isStrictKey(segment: string): boolean {
  if (/^(?:\d+|[a-z]{1,3}\d{13,20})$/.test(segment)) return false;
  if (isUuid(segment)) return true;
  if (/^[0-9a-f]{16,}$/i.test(segment)) return true;
  return (
    isOpaque(segment, 12) ||
    (segment.length >= 16 && isMixedCase(segment)) ||
    (/\d/.test(segment) && segment.length >= 16 && !isSlug(segment))
  );
}

/** Words joined by hyphens, perhaps with a number. */
function isSlug(segment: string): boolean {
  const parts = segment.split(/[-_~.+]/);
  // Blogs end their addresses with a short identifier.
  if (parts.length > 3 && /^(?:[0-9a-f]{6,16}|[a-z0-9]{3,5})$/.test(parts.at(-1) ?? "")) parts.pop();
  return (
    parts.length > 1 &&
    parts.every((part) => /^(?:[A-Za-z]{1,20}|\d{1,10}|[a-z]{1,12}\d{1,4}|v\d+)$/.test(part))
  );
}

/** Redacts the secret values of a query or a fragment. */
export function redactQuery(scan: Scan, from: number, end: number, strict: boolean): void {
  const { text } = scan;
  let start = from;
  let equals = -1;
  for (let i = from; i <= end; i++) {
    const c = text[i] ?? "";
    if (c === "=" && equals < start) equals = i;
    if (i < end && !"&;#?".includes(c)) continue;
    if (equals > start) judgeParameter(scan, text.slice(start, equals), equals + 1, i, strict);
    // Pages that route in the browser have their path after the number sign.
    else if (text[start] === "/") redactPath(scan, start, i, strict, "");
    else if (strict && isOpaque(text.slice(start, i), 20)) scan.hit(start, i, "url-query", MARK);
    start = i + 1;
  }
}

const SECRET_PARAMETERS =
  /^(?:key|auth|token|sig|signature|awsaccesskeyid|x-amz-(?:signature|credential|security-token)|x-goog-(?:signature|credential)|code|state|code_verifier|id_token_hint|ticket|pass|hmac|hash_key|assertion|samlresponse|app_?id|project_?id)$/i;

/** Where a list goes on, and where a browser goes next. */
const PLACES =
  /^(?:cursor|continuation|next|previous|prev|after|before|page_?(?:token|key|cursor)|starting_?after|ending_?before|since|until|redirect_?(?:uri|url|to)?|return_?(?:to|url)|callback(?:_?url)?|continue|back|goto|from|url|uri|image|src|ref|origin|referrer|scope|sort|order_?by|filter|fields?|lang|locale)$/i;

function judgeParameter(scan: Scan, rawName: string, from: number, end: number, strict: boolean): void {
  const value = scan.text.slice(from, end);
  if (value === "" || value === MARK || isHarmless(value)) return;
  const name = rawName.replace(/%2D/gi, "-").replace(/%5F/gi, "_");
  const key = scan.policy.keyClass(name);
  const secret = key.kind === "secret" || (SECRET_PARAMETERS.test(name) && looksSecret(name, value, strict));
  if (
    secret ||
    (key.kind === "weak" && isOpaque(value) && !PLACES.test(name)) ||
    (strict && !key.publicHex && !PLACES.test(name) && isStrictValue(value))
  ) {
    scan.hit(from, end, "url-query", MARK);
  } else if (key.kind === "pii" && scan.policy.pii) scan.hit(from, end, "personal", MARK);
}

/** `token=USDC` and `code=404` are common; an opaque value under such a name is a credential. */
function looksSecret(name: string, value: string, strict: boolean): boolean {
  if (/^(?:code|state|token|key|auth|ticket|app_?id|project_?id|pass)$/i.test(name)) {
    if (value.length >= 20 && isMixedCase(value)) return true;
    return (
      value.length >= 8 &&
      /\d/.test(value) &&
      /[A-Za-z]/.test(value) &&
      (strict || isOpaque(value, 12) || value.length >= 20)
    );
  }
  return value.length >= 4;
}

function isStrictValue(value: string): boolean {
  return /^(?=\d*[a-f])[0-9a-f]{24,}$/i.test(value) || (isOpaque(value, 24) && !value.includes("/"));
}
