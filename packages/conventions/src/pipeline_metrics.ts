import { defineMetric } from "./_define_metric.ts";
import { CALL_SECONDS_BUCKETS } from "./buckets.ts";
import { ATTR_ERROR_TYPE } from "./error_attributes.ts";
import type { MetricDefinition } from "./metric_definition.ts";
import { ATTR_DCMX_DROP_REASON, ATTR_DCMX_EXPORTER } from "./telemetry_attributes.ts";

/** Spans that were started. */
export const METRIC_DCMX_SPANS_STARTED = "dcmx.spans.started" as const;

/** Spans that sampling left out. */
export const METRIC_DCMX_SPANS_SAMPLED_OUT = "dcmx.spans.sampled_out" as const;

/** Spans that were ended. */
export const METRIC_DCMX_SPANS_ENDED = "dcmx.spans.ended" as const;

/** Spans that a receiver has accepted. */
export const METRIC_DCMX_SPANS_EXPORTED = "dcmx.spans.exported" as const;

/** Spans that were dropped before the export. */
export const METRIC_DCMX_SPANS_DROPPED = "dcmx.spans.dropped" as const;

/** Spans that could not be exported. */
export const METRIC_DCMX_SPANS_FAILED = "dcmx.spans.failed" as const;

/** Traced calls that were given up because nobody went on consuming their result. */
export const METRIC_DCMX_SPANS_ABANDONED = "dcmx.spans.abandoned" as const;

/** Spans that wait for the export. */
export const METRIC_DCMX_SPANS_QUEUE_SIZE = "dcmx.spans.queue.size" as const;

/** Bytes that were sent to a receiver. */
export const METRIC_DCMX_EXPORT_BYTES = "dcmx.export.bytes" as const;

/** Duration of the requests to a receiver. */
export const METRIC_DCMX_EXPORT_DURATION = "dcmx.export.duration" as const;

/** Definitions of the metrics of the spans of this project and their export. */
export const PIPELINE_METRICS: readonly MetricDefinition[] = [
  defineMetric(
    METRIC_DCMX_SPANS_STARTED,
    "counter",
    "{span}",
    "development",
    "project",
    "Spans that were started.",
    [],
  ),
  defineMetric(
    METRIC_DCMX_SPANS_SAMPLED_OUT,
    "counter",
    "{span}",
    "development",
    "project",
    "Spans that sampling left out.",
    [],
  ),
  defineMetric(
    METRIC_DCMX_SPANS_ENDED,
    "counter",
    "{span}",
    "development",
    "project",
    "Spans that were ended.",
    [],
  ),
  defineMetric(
    METRIC_DCMX_SPANS_EXPORTED,
    "counter",
    "{span}",
    "development",
    "project",
    "Spans that a receiver has accepted.",
    [ATTR_DCMX_EXPORTER],
  ),
  defineMetric(
    METRIC_DCMX_SPANS_DROPPED,
    "counter",
    "{span}",
    "development",
    "project",
    "Spans that were dropped before the export.",
    [ATTR_DCMX_DROP_REASON],
  ),
  defineMetric(
    METRIC_DCMX_SPANS_FAILED,
    "counter",
    "{span}",
    "development",
    "project",
    "Spans that could not be exported.",
    [ATTR_DCMX_EXPORTER, ATTR_ERROR_TYPE],
  ),
  defineMetric(
    METRIC_DCMX_SPANS_ABANDONED,
    "counter",
    "{span}",
    "development",
    "project",
    "Traced calls that were given up because nobody went on consuming their result.",
    [],
  ),
  defineMetric(
    METRIC_DCMX_SPANS_QUEUE_SIZE,
    "gauge",
    "{span}",
    "development",
    "project",
    "Spans that wait for the export.",
    [],
  ),
  defineMetric(
    METRIC_DCMX_EXPORT_BYTES,
    "counter",
    "By",
    "development",
    "project",
    "Bytes that were sent to a receiver.",
    [ATTR_DCMX_EXPORTER],
  ),
  defineMetric(
    METRIC_DCMX_EXPORT_DURATION,
    "histogram",
    "s",
    "development",
    "project",
    "Duration of the requests to a receiver, failed ones included.",
    [ATTR_DCMX_EXPORTER, ATTR_ERROR_TYPE],
    { buckets: CALL_SECONDS_BUCKETS },
  ),
];
