import type { PipelineStats } from "../pipeline/pipeline_stats.ts";
import type { TargetStats, TracingStats, TracingTrouble } from "../tracing.ts";
import type { Engine } from "./_engine.ts";

/**
 * Adds up the counters of an engine.
 *
 * @param engine The running parts.
 */
export function collectStats(engine: Engine): TracingStats {
  const targets: TargetStats[] = engine.pipelines.map(({ name, exporter, pipeline }) => ({
    target: name,
    exporter,
    ...pipeline.stats(),
  }));
  const total = (count: (stats: PipelineStats) => number): number =>
    targets.reduce((sum, target) => sum + count(target), 0);
  const { started, dropped } = engine.counts;
  const { ended } = engine.counting;
  const lastError = latest(targets);
  return {
    started,
    sampledOut: dropped,
    ended,
    open: started - dropped - ended,
    exported: total((stats) => stats.exported),
    dropped: total((stats) => sumOf(stats.dropped)),
    failed: total((stats) => sumOf(stats.failed)),
    queued: total((stats) => stats.queued),
    redacted: engine.redacted(),
    bytes: total((stats) => stats.sentBytes),
    sampling: engine.counts.stats(),
    targets,
    ...(lastError === undefined ? {} : { lastError }),
  };
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function latest(targets: readonly TargetStats[]): TracingTrouble | undefined {
  let newest: TracingTrouble | undefined;
  for (const { target, lastError } of targets) {
    if (lastError === undefined || (newest !== undefined && newest.at >= lastError.at)) continue;
    newest = { target, message: lastError.message, at: lastError.at };
  }
  return newest;
}
