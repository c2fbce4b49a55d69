import { HAS_SLASH } from "./_features.ts";
import { isRpcHost, RPC_HOST } from "./_rpc_hosts.ts";
import type { Rule, Scan } from "./_scan.ts";
import { redactAuthority, redactPath, redactQuery } from "./_url_parts.ts";

/** Keys in URLs: user info, host labels, path segments, query and fragment. */
export const urlRule: Rule = {
  id: "url",
  pack: "rpc",
  when: HAS_SLASH,
  find(scan) {
    let last = 0;
    for (const at of schemes(scan.text)) {
      if (at < last) continue;
      last = readUrl(scan, at + 3, at);
    }
    for (const match of scan.text.matchAll(RPC_HOST)) {
      if (match.index < last && isInUrl(scan.text, match.index)) continue;
      const end = urlEnd(scan.text, match.index);
      const slash = scan.text.indexOf("/", match.index);
      if (slash > 0 && slash < end) splitPath(scan, slash, end, true);
    }
    relative(scan);
  },
};

function* schemes(text: string): Generator<number> {
  for (let at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at + 3)) yield at;
}

function isInUrl(text: string, at: number): boolean {
  return /:\/\/[^\s"'<>]*$/.test(text.slice(Math.max(0, at - 80), at));
}

const STOP = /[\s"'`<>\\{}|^\u3000]/;

/** End of the URL: white space, quotation marks, and closing punctuation that belongs to the prose around it. */
function urlEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && !STOP.test(text[end] ?? "")) end++;
  while (end > from && /[.,;:!?)\]]/.test(text[end - 1] ?? "")) end--;
  return end;
}

/** Reads the URL whose authority starts here; returns its end. */
function readUrl(scan: Scan, from: number, colon: number): number {
  const { text } = scan;
  const end = urlEnd(text, from);
  let slash = from;
  while (slash < end && !/[/?#]/.test(text[slash] ?? "")) slash++;
  // A password may hold a slash: postgres://app:pa/ss@host
  const authority = text.slice(from, slash);
  if (!authority.includes("@") && /:(?!\d+$)/.test(authority)) {
    const at = text.lastIndexOf("@", end - 1);
    if (at > slash) {
      slash = at;
      while (slash < end && !/[/?#]/.test(text[slash] ?? "")) slash++;
    }
  }
  const scheme =
    /[a-z][a-z0-9+.-]{0,20}$/i.exec(text.slice(Math.max(0, colon - 21), colon))?.[0].toLowerCase() ?? "";
  const host = redactAuthority(scan, from, slash);
  const strict = isRpcHost(host) || scheme === "ws" || scheme === "wss" || scan.key.url === "endpoint";
  if (scheme === "ipfs" || scheme === "ipns" || scheme === "ar") return end;
  splitPath(scan, slash, end, strict, host);
  return end;
}

function splitPath(scan: Scan, from: number, end: number, strict: boolean, host = ""): void {
  const { text } = scan;
  let query = from;
  while (query < end && text[query] !== "?" && text[query] !== "#") query++;
  redactPath(scan, from, query, strict, host);
  if (query < end) redactQuery(scan, query + 1, end, strict);
}

/** Paths and queries without a host: `url.path`, `url.query`, `http.target`. */
function relative(scan: Scan): void {
  const { text, key } = scan;
  if (key.url === "query") redactQuery(scan, text.startsWith("?") ? 1 : 0, text.length, false);
  else if (text.startsWith("/") || key.url === "path")
    splitPath(scan, 0, urlEnd(text, 0), VERSIONED.test(text));
}

const VERSIONED = /^\/(?:ws\/|rpc\/|nft\/|eth\/|api\/)?v\d+\/[A-Za-z0-9_-]{20,}\/?(?:$|\?)/;
