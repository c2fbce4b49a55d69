import type { Attributes, AttributeValue } from "@opentelemetry/api";

/** Which spans a {@link SamplingRule} is about. Every given part must match. */
export interface SamplingMatch {
  /** Span name: exact, with `*` for any text, or a regular expression. */
  readonly name?: string | RegExp;
  /**
   * Attributes that the span is started with, by key: an exact value, or a regular expression for texts. Attributes
   * that are set after the start come too late for a sampler.
   */
  readonly attributes?: Readonly<Record<string, AttributeValue | RegExp>>;
}

/**
 * A rate of its own for some traces, chosen by the span that begins them.
 *
 * The first rule that matches decides. A rule looks at local roots only: a span with a parent follows its parent.
 */
export interface SamplingRule {
  /** A span name (with `*`), a regular expression for it, a {@link SamplingMatch}, or a function of both. */
  readonly match: string | RegExp | SamplingMatch | ((name: string, attributes: Attributes) => boolean);
  /** Share of the matching traces to keep, from 0 to 1. */
  readonly rate: number;
  /** Name of the rule in the counters. @default the span name of `match`, or `rule-` and the position */
  readonly name?: string;
}
