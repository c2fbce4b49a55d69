import { BUSINESS_METRICS } from "./business_metrics.ts";
import { METER_METRICS } from "./meter_metrics.ts";
import type { MetricDefinition } from "./metric_definition.ts";
import { PIPELINE_METRICS } from "./pipeline_metrics.ts";
import { REDACTION_METRICS } from "./redaction_metrics.ts";
import { RPC_METRICS } from "./rpc_metrics.ts";
import { RUNTIME_METRICS } from "./runtime_metrics.ts";
import { TX_METRICS } from "./tx_metrics.ts";

/**
 * Every metric of the project, as data: the source of the reference page, the dashboards and the rules.
 * Use the `METRIC_` constants to record.
 *
 * @example List the histograms
 * ```ts
 * import { METRICS } from "@dcmx-tracing/conventions";
 *
 * const histograms = METRICS.filter((metric) => metric.instrument === "histogram");
 * console.assert(histograms.every((metric) => metric.buckets !== undefined));
 * ```
 */
export const METRICS: readonly MetricDefinition[] = [
  ...BUSINESS_METRICS,
  ...RPC_METRICS,
  ...TX_METRICS,
  ...PIPELINE_METRICS,
  ...METER_METRICS,
  ...REDACTION_METRICS,
  ...RUNTIME_METRICS,
];
