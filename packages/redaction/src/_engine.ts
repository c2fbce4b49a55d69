import { type KeyClass, NEUTRAL_KEY } from "./_classify_key.ts";
import { HAS_ESCAPE, HAS_NON_ASCII, HAS_STATEMENT, HAS_URL } from "./_features.ts";
import type { Policy } from "./_policy.ts";
import { features, labelStretch } from "./_read_features.ts";
import { type Hit, Scan } from "./_scan.ts";
import { decodeView } from "./_view.ts";

/** Where a text came from, and what to do with what was found in it. */
export interface TextContext {
  readonly key: KeyClass;
  readonly keyName: string;
  /** Told once of each hit with the secret itself; for taint and counters. */
  readonly sink: HitSink | undefined;
}

/** Who counts the hits. */
export interface HitSink {
  hit(rule: string, secret: string, taint: boolean): void;
}

/** Context of a text without a key. */
export const NO_CONTEXT: TextContext = { key: NEUTRAL_KEY, keyName: "", sink: undefined };

/** Finds everything to replace in a text, in its own positions, sorted and without overlap. */
export function findHits(text: string, policy: Policy, context: TextContext): Hit[] {
  const flags = flagsOf(text, context.key);
  return isClean(flags, policy) ? [] : merged(findAll(text, flags, policy, context, 0));
}

/** The features of the text; parts of URLs and statements are read as such whatever they look like. */
function flagsOf(text: string, key: KeyClass): number {
  const isPart = key.url === "host" ? MAY_HOLD_KEY.test(text) : key.url !== undefined;
  return features(text) | (isPart ? HAS_URL : 0) | (key.sql ? HAS_STATEMENT : 0);
}

/** User info, a path, or a label as long as a key: other hosts hold no secret. */
const MAY_HOLD_KEY = /[@/]|[^.]{24}/;

/** True when no rule can find anything. */
function isClean(flags: number, policy: Policy): boolean {
  return (flags & policy.when) === 0 && !policy.readsAll && policy.bank.size === 0;
}

function merged(hits: Hit[]): Hit[] {
  return hits.length > 1 ? merge(hits) : hits;
}

function findAll(text: string, flags: number, policy: Policy, context: TextContext, depth: number): Hit[] {
  const scan = new Scan(text, flags, context.key, policy, depth, context.keyName);
  scan.labels = labelStretch(text);
  for (const [start, end] of policy.bank.find(text)) scan.hit(start, end, "bank");
  for (const rule of policy.rules) if (rule.when === 0 || (flags & rule.when) !== 0) rule.find(scan);
  if ((flags & (HAS_ESCAPE | HAS_NON_ASCII)) !== 0 && depth < policy.maxDepth) findDecoded(scan, context);
  return scan.hits;
}

/** Removes a layer of encoding and maps what is found in the text below back to this one. */
function findDecoded(scan: Scan, context: TextContext): void {
  const view = decodeView(scan.text);
  if (view === undefined) return;
  const flags = flagsOf(view.text, scan.key);
  if (isClean(flags, scan.policy)) return;
  for (const hit of findAll(view.text, flags, scan.policy, context, scan.depth + 1)) {
    const start = view.starts[hit.start] ?? 0;
    const end = view.starts[hit.end] ?? scan.text.length;
    scan.hits.push({ ...hit, start, end });
  }
}

function merge(hits: Hit[]): Hit[] {
  hits.sort((a, b) => a.start - b.start || b.end - a.end);
  const merged: Hit[] = [];
  let last: Hit | undefined;
  for (const hit of hits) {
    if (last === undefined || hit.start >= last.end) {
      last = hit;
      merged.push(hit);
    } else if (hit.end > last.end) {
      // Two rules saw parts of one secret: both parts go, under the marker of the wider one.
      const wider = hit.end - hit.start > last.end - last.start ? hit : last;
      last = { ...wider, start: last.start, end: hit.end };
      merged[merged.length - 1] = last;
    } else if (
      last.standIn === undefined &&
      hit.standIn !== undefined &&
      hit.start === last.start &&
      hit.end === last.end
    ) {
      last = hit;
      merged[merged.length - 1] = last;
    }
  }
  return merged;
}

/** Writes the replacements. */
export function applyHits(text: string, hits: readonly Hit[], policy: Policy, context: TextContext): string {
  let out = "";
  let from = 0;
  for (const hit of hits) {
    const secret = text.slice(hit.start, hit.end);
    context.sink?.hit(hit.rule, secret, hit.taint);
    out += text.slice(from, hit.start) + policy.replacement(secret, hit.standIn);
    from = hit.end;
  }
  return out + text.slice(from);
}

/** Redacts a text that is within the bound on length. */
export function redactText(
  text: string,
  policy: Policy,
  key: KeyClass,
  keyName: string,
  sink: HitSink,
): string {
  const flags = flagsOf(text, key);
  if (isClean(flags, policy)) return text;
  const context = { key, keyName, sink };
  const hits = merged(findAll(text, flags, policy, context, 0));
  return hits.length === 0 ? text : applyHits(text, hits, policy, context);
}
