import type { Attributes } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import {
  Audit,
  type RedactionListener,
  type RedactionStats,
  type RedactionSurface,
  type RedactionTimer,
} from "./_audit.ts";
import { createSpanRedactor } from "./_create_span_redactor.ts";
import { createOriginRedactor } from "./_redact_origin.ts";
import { redactAttributes } from "./_redact_span.ts";
import { redactString, redactValue } from "./_redact_value.ts";
import { resolvePolicy } from "./_resolve_policy.ts";
import { type Finding, Run } from "./_run.ts";
import { selfTest } from "./_self_test.ts";
import type { RedactionOptions, RedactionPack } from "./redaction_options.ts";

/** Removes secrets from texts, values and spans. Made by {@link createRedactor}; its methods need no `this`. */
export interface Redactor {
  /** Packs that are on. */
  readonly packs: readonly RedactionPack[];
  /** Redacts a text; the key says what it is, the surface where it stands, for the counters. */
  readonly redactString: (text: string, key?: string, surface?: RedactionSurface) => string;
  /** Redacts a value of any type under a key. It never throws and never changes its argument. */
  readonly redactValue: (key: string, value: unknown, surface?: RedactionSurface) => unknown;
  /** Redacts attributes: names and values; returns the same object when there is nothing to remove. */
  readonly redactAttributes: (attributes: Attributes, surface?: RedactionSurface) => Attributes;
  /** Redacts a span, or what looks like one; returns the same object when there is nothing to remove. */
  readonly redactSpan: <T extends SpanLike>(span: T) => T;
  /** Tells what would be removed from a span, and by which rule; never the value. */
  readonly explain: (span: SpanLike) => readonly RedactionFinding[];
  /** Tells that a 32-byte hash is public, because it came from the chain. */
  readonly addPublicHash: (hash: string) => void;
  /** Adds a secret that the process holds. */
  readonly addSecret: (secret: string) => void;
  /** Adds an address whose key the process holds. */
  readonly addKnownSigner: (address: string) => void;
  /** Checks that the packs in use find what they must; returns why exports are to be refused. Nothing is counted. */
  readonly selfTest: () => Error | undefined;
  /** Counters. */
  readonly stats: () => RedactionStats;
  /**
   * Calls a function on each count, and another with the time of one span in sixty-one; returns a function that
   * stops it. What they throw is ignored. `recordRedaction` feeds metrics with it.
   */
  readonly observe: (listener: RedactionListener, timer?: RedactionTimer) => () => void;
}

/** One removal, told without its value. */
export type RedactionFinding = Finding;

/** What {@link Redactor.redactSpan} needs of a span. */
export type SpanLike = Pick<ReadableSpan, "name" | "attributes" | "status" | "events"> & {
  readonly links?: ReadableSpan["links"];
};

/**
 * Creates a redactor. Use the exporter wrapper or the span processor for spans on their way out; use this for
 * texts and values of your own, and for tests.
 *
 * @param options Packs, secrets, lists of keys, limits.
 * @returns The redactor.
 * @throws RangeError when an option cannot be meant.
 *
 * @example Redact a text
 * ```ts
 * import { createRedactor } from "@dcmx-tracing/redaction";
 *
 * const { redactString } = createRedactor();
 * const text = redactString("POST https://mainnet.infura.io/v3/7d3a6f4b78128cdfedaf7dc48d314d84 -> 401");
 * console.assert(text === "POST https://mainnet.infura.io/v3/REDACTED -> 401");
 * ```
 */
export function createRedactor(options: RedactionOptions = {}): Redactor {
  const policy = resolvePolicy(options);
  const audit = new Audit();
  const attributesOf = (attributes: Attributes, surface: RedactionSurface = "attribute"): Attributes => {
    const run = new Run(policy, audit);
    try {
      return redactAttributes(run, attributes, surface);
    } catch (error) {
      run.fail("attributes", error);
      return {};
    }
  };
  const runAt = (surface: RedactionSurface): Run => {
    const run = new Run(policy, audit);
    run.surface = surface;
    return run;
  };
  const text = (value: string, key = "", surface: RedactionSurface = "value"): string =>
    redactString(runAt(surface), key, value);
  const origins = createOriginRedactor((attributes) => attributesOf(attributes, "resource"), text);
  const forget = (): void => {
    policy.forget();
    origins.forget();
  };
  const spans = createSpanRedactor(policy, audit, origins, options.countAttribute ?? false);
  return {
    packs: policy.packs,
    redactString: text,
    redactValue: (key, value, surface = "value") => redactValue(runAt(surface), key, value),
    redactAttributes: attributesOf,
    redactSpan: spans.redact,
    explain: spans.explain,
    addPublicHash: (hash) => void policy.registry.add(hash),
    addSecret: (secret) => {
      policy.bank.add(secret);
      forget();
    },
    addKnownSigner: (address) => {
      policy.signers.add(address);
      forget();
    },
    selfTest: () => selfTest(policy.packs, (text) => redactString(new Run(policy, new Audit()), "", text)),
    stats: () => audit.stats(),
    observe: (listener, timer) => audit.observe(listener, timer),
  };
}
