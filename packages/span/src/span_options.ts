import type { AttributeValue, Link, Span, SpanKind } from "@opentelemetry/api";
import type { SampleHint } from "./sample_hint.ts";

/** A value that this package puts on spans: what OpenTelemetry takes, and `bigint`, which becomes a decimal string. */
export type SpanAttributeValue = AttributeValue | bigint | null | undefined;

/** Attributes by key. `null` and `undefined` are left out. */
export interface SpanAttributes {
  readonly [key: string]: SpanAttributeValue;
}

/** Options of {@linkcode startSpan}. */
export interface SpanOptions {
  /** Attributes that the span starts with; samplers see them. @default {} */
  readonly attributes?: SpanAttributes;
  /** Role of the span in a remote call. @default SpanKind.INTERNAL */
  readonly kind?: SpanKind;
  /** Spans that this one refers to without being their child, such as the producers of a batch. @default [] */
  readonly links?: readonly Link[];
  /** Starts a new trace, whatever span is active. @default false */
  readonly root?: boolean;
  /** Makes a span only under a valid active span; without one, `fn` runs untraced. @default false */
  readonly requireParent?: boolean;
  /**
   * `"hierarchical"` puts the parent's name and a dot before the name: `mint` under `nft_minting` becomes
   * `nft_minting.mint`. Only parents that are named like identifiers count, and a repeated part is not repeated.
   *
   * @default "plain"
   */
  readonly naming?: "plain" | "hierarchical";
  /**
   * Is told of every error before it is recorded. Returning `false` means that it is not a failure: the span keeps
   * its status and no exception is recorded. The error is rethrown either way; one thrown by the hook is ignored.
   */
  readonly onError?: (error: unknown, span: Span) => unknown;
  /**
   * When a span ends whose function returns an iterator, a stream or a Response: when it is consumed, or as soon as it
   * is there.
   *
   * @default "consumed"
   */
  readonly until?: "consumed" | "settled";
  /**
   * What a sampler is told about this span by {@linkcode sampleHint}; samplers that do not ask decide as always.
   *
   * @default none
   */
  readonly sampleHint?: SampleHint;
}
