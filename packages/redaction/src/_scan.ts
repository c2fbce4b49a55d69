import type { KeyClass } from "./_classify_key.ts";
import { matches } from "./_matches.ts";
import type { Policy } from "./_policy.ts";

/** A stretch of text to replace. */
export interface Hit {
  start: number;
  end: number;
  /** Identifier of the rule. */
  readonly rule: string;
  /** What is written instead; the marker of the mode when undefined. */
  readonly standIn: string | undefined;
  /** The stretch is worth looking for in the other fields of the span. */
  readonly taint: boolean;
}

/** One text under examination. Rules read it and add hits. */
export class Scan {
  readonly text: string;
  readonly flags: number;
  readonly key: KeyClass;
  readonly policy: Policy;
  /** How many layers of encoding were removed to get this text. */
  readonly depth: number;
  /** Name of the attribute, or of the field. */
  readonly keyName: string;
  readonly hits: Hit[] = [];
  /** From the first word of a label to the last; the whole text when that is not known. */
  labels: readonly [from: number, to: number];

  constructor(text: string, flags: number, key: KeyClass, policy: Policy, depth: number, keyName = "") {
    this.text = text;
    this.flags = flags;
    this.key = key;
    this.policy = policy;
    this.depth = depth;
    this.keyName = keyName;
    this.labels = [0, text.length];
  }

  /** Adds a hit; empty stretches and markers of an earlier redaction are left alone. */
  hit(start: number, end: number, rule: string, standIn?: string, taint = true): void {
    if (end <= start) return;
    if (this.policy.isMarker(this.text.slice(start, end))) return;
    this.hits.push({ start, end, rule, standIn, taint });
  }

  /** Hits what a pattern finds, or its first group, which is at or near the end of the match. */
  hitAll(pattern: RegExp, rule: string, accepts: (value: string) => boolean = () => true): void {
    for (const m of matches(this.text, pattern)) {
      const value = m[1] ?? m[0];
      const at = m.index + m[0].lastIndexOf(value);
      if (accepts(value)) this.hit(at, at + value.length, rule);
    }
  }

  /**
   * Matches of a pattern that holds a label, or stands behind one. They begin at most `before` characters before the
   * first label of the text and end at most `after` behind the last.
   */
  matchesNearLabels(pattern: RegExp, before: number, after: number): Iterable<RegExpExecArray> {
    const [from, to] = this.labels;
    const text = to + after < this.text.length ? this.text.slice(0, to + after) : this.text;
    return matches(text, pattern, Math.max(0, from - before));
  }
}

/** A rule of the engine. */
export interface Rule {
  readonly id: string;
  /** Pack that turns it on. */
  readonly pack: "wallet" | "rpc" | "credentials" | "pii" | "signatures" | "ip" | "names" | "custom";
  /** It runs only on texts with one of these features; 0 is every text that is not trivially clean. */
  readonly when: number;
  /** Adds hits to the scan. It may throw: the engine then replaces the whole text. */
  readonly find: (scan: Scan) => void;
}
