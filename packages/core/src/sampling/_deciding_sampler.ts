import {
  type Attributes,
  type Context,
  isSpanContextValid,
  type Link,
  type SpanKind,
  TraceFlags,
  trace,
} from "@opentelemetry/api";
import type { Sampler, SamplingResult } from "@opentelemetry/sdk-trace-base";
import type { ResolvedConfig } from "../config/resolve_config.ts";
import type { SamplerName } from "../config/setting_values.ts";
import { warnOnce } from "../lifecycle/_diagnostics.ts";
import type { DecisionCounts } from "./_decision_counts.ts";
import { type CompiledRule, compileRules } from "./_match_rule.ts";
import { ratioDecision } from "./_ratio.ts";
import { samplingHint } from "./with_sampling.ts";

// The values of SamplingDecision, so that this file needs the SDK's types only.
const NOT_RECORD = 0;
const RECORD = 1;
const RECORD_AND_SAMPLED = 2;

interface Verdict {
  readonly keep: boolean;
  readonly reason: string;
  /** The full answer of a sampler of the user's. */
  readonly result?: SamplingResult;
}

/**
 * The one sampler of a provider: hint, parent, rules, then the configured sampler; every decision is counted.
 *
 * With the tail option, what would be dropped is recorded without being sampled, so that the tail processor can
 * decide when the trace has ended.
 */
export class DecidingSampler implements Sampler {
  readonly #counts: DecisionCounts;
  readonly #rules: readonly CompiledRule[];
  readonly #followsParent: boolean;
  readonly #base: (traceId: string) => boolean;
  readonly #custom: Sampler | undefined;
  readonly #description: string;
  readonly #recordsDropped: boolean;

  constructor(config: ResolvedConfig, counts: DecisionCounts, recordsDropped: boolean) {
    const sampler = config.sampler.value;
    this.#counts = counts;
    this.#rules = compileRules(config.samplingRules.value);
    this.#custom = typeof sampler === "string" ? undefined : sampler;
    this.#followsParent = typeof sampler === "string" && sampler.startsWith("parentbased_");
    this.#base = typeof sampler === "string" ? baseDecision(sampler, config.sampleRate.value) : () => true;
    this.#recordsDropped = recordsDropped;
    this.#description = `Dcmx{${typeof sampler === "string" ? sampler : String(sampler)},rate=${config.sampleRate.value}}`;
  }

  /** Whether a span under an unsampled local parent is certainly unsampled. */
  get inheritsUnsampled(): boolean {
    return this.#followsParent && !this.#recordsDropped;
  }

  shouldSample(
    active: Context,
    traceId: string,
    name: string,
    kind: SpanKind,
    attributes: Attributes,
    links: Link[],
  ): SamplingResult {
    this.#counts.started++;
    const verdict = this.#decide(active, traceId, name, kind, attributes, links);
    if (verdict.keep) {
      this.#counts.keep(verdict.reason);
      return verdict.result ?? KEEP;
    }
    if (this.#recordsDropped && verdict.reason !== "hint" && !belowUnrecorded(active)) return RECORD_ONLY;
    this.#counts.drop(verdict.reason);
    return verdict.result ?? DROP;
  }

  toString(): string {
    return this.#description;
  }

  #decide(
    active: Context,
    traceId: string,
    name: string,
    kind: SpanKind,
    attributes: Attributes,
    links: Link[],
  ): Verdict {
    const parent = trace.getSpanContext(active);
    const hasParent = parent !== undefined && isSpanContextValid(parent);
    const sampledParent = hasParent && (parent.traceFlags & TraceFlags.SAMPLED) !== 0;
    const hint = samplingHint(active);
    if (hint === "drop") return { keep: false, reason: "hint" };
    if (hint === "keep" && (!hasParent || sampledParent || parent.isRemote === true)) {
      return { keep: true, reason: hasParent && sampledParent ? "parent" : "hint" };
    }
    if (hasParent && this.#followsParent) return { keep: sampledParent, reason: "parent" };
    if (!hasParent) {
      const rule = this.#rules.find((candidate) => matches(candidate, name, attributes));
      if (rule !== undefined) return { keep: rule.keeps(traceId), reason: `rule:${rule.name}` };
    }
    if (this.#custom === undefined) return { keep: this.#base(traceId), reason: "rate" };
    return ask(this.#custom, active, traceId, name, kind, attributes, links);
  }
}

const KEEP: SamplingResult = { decision: RECORD_AND_SAMPLED };
const DROP: SamplingResult = { decision: NOT_RECORD };
const RECORD_ONLY: SamplingResult = { decision: RECORD };

// What was dropped for good, by a hint, stays dropped with all that is below it.
function belowUnrecorded(active: Context): boolean {
  const parent = trace.getSpan(active);
  if (parent === undefined || parent.isRecording()) return false;
  const { isRemote } = parent.spanContext();
  return isRemote !== true && isSpanContextValid(parent.spanContext());
}

function baseDecision(name: SamplerName, rate: number): (traceId: string) => boolean {
  if (name.endsWith("always_on")) return () => true;
  if (name.endsWith("always_off")) return () => false;
  return ratioDecision(rate);
}

function matches(rule: CompiledRule, name: string, attributes: Attributes): boolean {
  try {
    return rule.matches(name, attributes);
  } catch (error) {
    warnOnce(`the sampling rule ${rule.name} threw and was skipped`, error);
    return false;
  }
}

function ask(sampler: Sampler, ...input: Parameters<Sampler["shouldSample"]>): Verdict {
  try {
    const result = sampler.shouldSample(...input);
    return { keep: result.decision === RECORD_AND_SAMPLED, reason: "sampler", result };
  } catch (error) {
    warnOnce("the sampler threw, so the span is dropped", error);
    return { keep: false, reason: "sampler-error" };
  }
}
