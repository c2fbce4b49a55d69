import { HAS_URL } from "./_features.ts";
import { matches } from "./_matches.ts";
import { isProvider, isRpcHost } from "./_rpc_hosts.ts";
import type { Rule, Scan } from "./_scan.ts";
import { textBefore } from "./_text_before.ts";
import { redactAuthority, redactPath, redactQuery } from "./_url_parts.ts";

/** Keys in URLs: user info, host labels, path segments, query and fragment. */
export const urlRule: Rule = {
  id: "url",
  pack: "rpc",
  when: HAS_URL,
  find(scan) {
    const { text } = scan;
    let last = 0;
    let nested = 0;
    for (let at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at + 3)) {
      if (at >= last) {
        last = readUrl(scan, at + 3, at);
        nested = 0;
      } else if (nested++ < MOST_NESTED) readUrl(scan, at + 3, at);
    }
    if (HOST.test(text)) findBareHosts(scan);
    findPathsApart(scan);
    relative(scan);
  },
};

/** URLs in the parameters of one URL that are read: where to go next, and what that one holds. */
const MOST_NESTED = 3;
/** Gateways to public content, whose paths are identifiers that look drawn. */
const PERMANENT =
  /(?:^|\.)(?:arweave\.net|ar\.io|ar-io\.dev|g8way\.io|irys\.xyz|ardrive\.io|permagate\.io)$/i;
const HOST = /[\w-]\.[a-z]{2,12}(?::\d{1,5})?\//i;
const HOSTS = /\/(?<=(?<![\w.-])((?:[\w-]{1,63}\.){1,6}[a-z]{2,12}(?::\d{1,5})?)\/)/gi;

/** Hosts of providers without a scheme: "mainnet.infura.io/v3/..". */
function findBareHosts(scan: Scan): void {
  for (const match of matches(scan.text, HOSTS)) {
    const { 1: host = "", index: slash } = match;
    const start = slash - host.length;
    if (!isProvider(host.replace(/:\d+$/, "")) || isInUrl(scan.text, start)) continue;
    redactAuthority(scan, start, slash);
    splitPath(scan, slash, urlEnd(scan.text, slash), true);
  }
}

/** A path on its own, as clients of HTTP keep it beside the host: `{"baseURL":"https://..","url":"/v2/.."}`. */
const APART =
  /\/(?<=["'`\s=:(,]\/)(?:[a-z\d]{2,8}\/){0,3}(?=[A-Za-z_-]{0,64}\d)[A-Za-z0-9_-]{20,128}(?![\w-])/g;
const ANY_HOST = /(?<![\w.-])(?:[\w-]{1,63}\.){1,6}[a-z]{2,12}(?![\w-])/gi;

/** What stands in such a path is a key if the text names a provider. */
function findPathsApart(scan: Scan): void {
  const { text } = scan;
  let isNamed: boolean | undefined;
  for (const match of matches(text, APART)) {
    isNamed ??= namesProvider(text);
    if (!isNamed) return;
    splitPath(scan, match.index, urlEnd(text, match.index), true);
  }
}

function namesProvider(text: string): boolean {
  for (const [host] of matches(text, ANY_HOST)) if (isProvider(host)) return true;
  return false;
}

function isInUrl(text: string, at: number): boolean {
  return /:\/\/[^\s"'<>]*$/.test(textBefore(text, at, 80));
}

const STOP = /[\s"'`<>\\{}|^]/g;

/** End of the URL: white space, quotation marks, and closing punctuation that belongs to the prose around it. */
function urlEnd(text: string, from: number): number {
  STOP.lastIndex = from;
  let end = STOP.exec(text)?.index ?? text.length;
  while (end > from && /[.,;:!?)\]]/.test(text[end - 1] ?? "")) end--;
  return end;
}

/** Reads the URL whose authority starts here; returns its end. */
function readUrl(scan: Scan, from: number, colon: number): number {
  const { text } = scan;
  const end = urlEnd(text, from);
  let slash = authorityEnd(text, from, end);
  // A password may hold a slash: postgres://app:pa/ss@host
  const authority = text.slice(from, slash);
  const scheme = /[a-z][a-z0-9+.-]{0,20}$/i.exec(textBefore(text, colon, 21))?.[0].toLowerCase() ?? "";
  const isWeb = /^(?:http|ws)s?$/.test(scheme);
  if (isWeb ? !authority.includes("@") && /:(?!\d+$)/.test(authority) : authority.includes(":")) {
    const at = text.lastIndexOf("@", end - 1);
    if (at > slash) slash = authorityEnd(text, at, end);
  }
  // Identifiers of content stand where other schemes have a host.
  if (/^(?:ipfs|ipns|ar|did|urn|enode|enr)$/.test(scheme)) return end;
  const host = redactAuthority(scan, from, slash);
  const strict = isRpcHost(host) || scheme === "ws" || scheme === "wss" || scan.key.url === "endpoint";
  if (PERMANENT.test(host)) return end;
  splitPath(scan, slash, end, strict, host);
  return end;
}

function authorityEnd(text: string, from: number, end: number): number {
  return firstOf(/[/?#]/, text, from, end);
}

function splitPath(scan: Scan, from: number, end: number, strict: boolean, host = ""): void {
  const query = firstOf(/[?#]/, scan.text, from, end);
  redactPath(scan, from, query, strict, host);
  if (query < end) redactQuery(scan, query + 1, end, strict);
}

/** Where a stretch first holds one of the characters, else its end. */
function firstOf(pattern: RegExp, text: string, from: number, end: number): number {
  const at = text.slice(from, end).search(pattern);
  return at < 0 ? end : from + at;
}

/** Paths and queries without a host: `url.path`, `url.query`, `http.target`. */
function relative(scan: Scan): void {
  const { text, key } = scan;
  if (key.url === "host") redactAuthority(scan, 0, text.length);
  else if (key.url === "query") redactQuery(scan, text.startsWith("?") ? 1 : 0, text.length, false);
  else if (text.startsWith("/") || key.url === "path")
    splitPath(scan, 0, urlEnd(text, 0), VERSIONED.test(text));
}

const VERSIONED = /^\/(?:ws\/|rpc\/|nft\/|eth\/|api\/)?v\d+\/[A-Za-z0-9_-]{20,}\/?(?:$|\?)/;
