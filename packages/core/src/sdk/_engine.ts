import { join } from "node:path";
import type { SpanExporter, SpanLimits, SpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { ResolvedConfig } from "../config/resolve_config.ts";
import { type ConfigProblem, TracingConfigError } from "../config/tracing_config_error.ts";
import { ExceptionLogProcessor } from "../exceptions/_exception_log_processor.ts";
import { type NamedTarget, pipelineTargets } from "../exporters/_pipeline_targets.ts";
import { messageOf } from "../lifecycle/_diagnostics.ts";
import { createPipeline } from "../pipeline/create_pipeline.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import { resourceFacts } from "../resource/_resource_facts.ts";
import { DecidingSampler } from "../sampling/_deciding_sampler.ts";
import { DecisionCounts } from "../sampling/_decision_counts.ts";
import { TailProcessor, type TailRules } from "../sampling/_tail_processor.ts";
import type { TracingOptions } from "../tracing_options.ts";
import { CountingProcessor } from "./_counting_processor.ts";
import { guardedProcessor } from "./_guarded_processor.ts";
import { createIdGenerator } from "./_id_generator.ts";
import { recordExport } from "./_record_export.ts";
import { NodeTracerProvider, resourceFromAttributes } from "./_sdk.ts";

/** A pipeline and what it is called. */
export interface NamedPipeline {
  readonly name: string;
  readonly exporter: string;
  readonly target: NamedTarget["target"];
  readonly pipeline: Pipeline;
}

/** The parts of running tracing, not yet registered anywhere. */
export interface Engine {
  readonly provider: NodeTracerProvider;
  readonly pipelines: readonly NamedPipeline[];
  readonly userProcessors: readonly SpanProcessor[];
  readonly tail: TailProcessor | undefined;
  readonly counts: DecisionCounts;
  readonly counting: CountingProcessor;
  /** How many values redacting wrappers have masked. */
  redacted(): number;
}

/**
 * Builds everything that a configuration asks for, without side effects outside of itself.
 *
 * @param config A configuration without problems.
 * @param options The options, for the objects in them.
 * @returns The parts.
 * @throws {TracingConfigError} When an exporter cannot be made; what was made is closed again.
 */
export function buildEngine(config: ResolvedConfig, options: TracingOptions): Engine {
  const problems: ConfigProblem[] = [];
  const targets = pipelineTargets(config, problems);
  if (problems.length > 0) throw new TracingConfigError(problems);
  const wrapped: SpanExporter[] = [];
  const pipelines = buildPipelines(targets, config, options, wrapped);
  const counts = new DecisionCounts();
  const counting = new CountingProcessor();
  const userProcessors = (options.spanProcessors ?? []).map(guardedProcessor);
  const rules = tailRules(config);
  const sampler = new DecidingSampler(config, counts, rules !== undefined);
  const exporting = [counting, ...pipelines.map(({ pipeline }) => pipeline.processor)];
  const tail = rules === undefined ? undefined : new TailProcessor(exporting, rules, counts);
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes(resourceFacts(config)),
    sampler,
    spanLimits: spanLimits(config),
    idGenerator: options.idGenerator ?? createIdGenerator(),
    spanProcessors: [
      ...exceptionProcessors(config, options),
      ...userProcessors,
      ...(tail === undefined ? exporting : [tail]),
    ],
  });
  if (sampler.inheritsUnsampled) markInheritsUnsampled(provider);
  return { provider, pipelines, userProcessors, tail, counts, counting, redacted: () => redactedBy(wrapped) };
}

function exceptionProcessors(config: ResolvedConfig, options: TracingOptions): SpanProcessor[] {
  const signal = config.exceptionSignal.value;
  if (signal === "events") return [];
  return [guardedProcessor(new ExceptionLogProcessor(signal === "logs/dup", options.loggerProvider))];
}

function tailRules(config: ResolvedConfig): TailRules | undefined {
  const keepErrors = config["tail.keepErrors"].value;
  const slowMs = config["tail.slowMs"].value;
  if (!keepErrors && slowMs === undefined) return undefined;
  return {
    keepErrors,
    slowMs,
    maxSpans: config["tail.maxSpans"].value,
    maxAgeMs: config["tail.maxAgeMs"].value,
  };
}

function buildPipelines(
  targets: readonly NamedTarget[],
  config: ResolvedConfig,
  options: TracingOptions,
  wrapped: SpanExporter[],
): NamedPipeline[] {
  const made: NamedPipeline[] = [];
  try {
    for (const named of targets) {
      made.push({ ...named, pipeline: createPipeline(pipelineOptions(named, config, options, wrapped)) });
    }
    return made;
  } catch (error) {
    for (const { pipeline } of made) pipeline.shutdown(0).catch(() => {});
    throw new TracingConfigError([pipelineProblem(error)]);
  }
}

function pipelineOptions(
  { target, exporter, spoolFolder }: NamedTarget,
  config: ResolvedConfig,
  options: TracingOptions,
  wrapped: SpanExporter[],
): Parameters<typeof createPipeline>[0] {
  const { wrapExporter } = options;
  const directory = config["spool.directory"].value;
  const spool =
    directory === undefined || target.kind !== "otlp-http"
      ? {}
      : { spool: { directory: join(directory, spoolFolder), maxBytes: config["spool.maxBytes"].value } };
  const wrap =
    wrapExporter === undefined
      ? {}
      : {
          wrapExporter: (exporter: SpanExporter) => {
            const result = wrapExporter(exporter);
            wrapped.push(result);
            return result;
          },
        };
  return {
    target,
    batch: {
      maxQueueBytes: config["batch.maxQueueBytes"].value,
      maxQueueSpans: config["batch.maxQueueSpans"].value,
      maxBatchSpans: config["batch.maxBatchSpans"].value,
      maxBatchBytes: config["batch.maxBatchBytes"].value,
      scheduleDelayMs: config["batch.scheduleDelayMs"].value,
      concurrency: config["batch.concurrency"].value,
    },
    retry: {
      initialDelayMs: config["retry.initialDelayMs"].value,
      maxDelayMs: config["retry.maxDelayMs"].value,
      maxAgeMs: config["retry.maxAgeMs"].value,
    },
    onRequest: (seconds, errorType) => recordExport(exporter, seconds, errorType),
    ...spool,
    ...wrap,
  };
}

function pipelineProblem(error: unknown): ConfigProblem {
  return {
    code: "exporter.failed",
    setting: "exporter",
    from: "exporter",
    value: messageOf(error),
    rule: "must be an exporter that can be set up",
    fix: "Correct the option that the value names.",
  };
}

function spanLimits(config: ResolvedConfig): SpanLimits {
  return {
    attributeCountLimit: config["limits.attributes"].value,
    attributeValueLengthLimit: config["limits.attributeLength"].value,
    eventCountLimit: config["limits.events"].value,
    linkCountLimit: config["limits.links"].value,
    attributePerEventCountLimit: config["limits.attributesPerEvent"].value,
    attributePerLinkCountLimit: config["limits.attributesPerLink"].value,
  };
}

// Read by @dcmx-tracing/span: calls under an unsampled local span then make no span at all.
const INHERITS_UNSAMPLED = Symbol.for("dcmx-tracing.inherits-unsampled");

function markInheritsUnsampled(provider: NodeTracerProvider): void {
  Object.defineProperty(provider, INHERITS_UNSAMPLED, { value: true, configurable: true });
}

// A redacting exporter of any make may tell how much it masked: `stats()` with a number `redacted`.
function redactedBy(exporters: readonly SpanExporter[]): number {
  let total = 0;
  for (const exporter of exporters) {
    const stats: unknown = Reflect.get(exporter, "stats");
    if (typeof stats !== "function") continue;
    try {
      const redacted: unknown = Reflect.get(Object(stats.call(exporter)), "redacted");
      if (typeof redacted === "number") total += redacted;
    } catch {
      // a stats() that throws tells nothing; counting is not worth a failure
    }
  }
  return total;
}
