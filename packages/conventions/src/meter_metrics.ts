import { defineMetric } from "./_define_metric.ts";
import type { MetricDefinition } from "./metric_definition.ts";
import { ATTR_DCMX_METRIC_NAME, ATTR_DCMX_REFUSAL_REASON } from "./telemetry_attributes.ts";

/** Measurements that were refused because of their value or kind. */
export const METRIC_DCMX_METRICS_REFUSED = "dcmx.metrics.refused" as const;

/** Measurements that went to the overflow series because of the cardinality limit. */
export const METRIC_DCMX_METRICS_OVERFLOW = "dcmx.metrics.overflow" as const;

/** Identifiers that were refused as labels. */
export const METRIC_DCMX_METRICS_LABELS_DROPPED = "dcmx.metrics.labels_dropped" as const;

/** Metrics that were merged or left out of the page because another one has the same Prometheus name. */
export const METRIC_DCMX_METRICS_COLLISIONS = "dcmx.metrics.collisions" as const;

/** Definitions of the metrics of the metrics of this project about themselves. */
export const METER_METRICS: readonly MetricDefinition[] = [
  defineMetric(
    METRIC_DCMX_METRICS_REFUSED,
    "counter",
    "{measurement}",
    "development",
    "project",
    "Measurements that were refused because of their value or kind.",
    [ATTR_DCMX_METRIC_NAME, ATTR_DCMX_REFUSAL_REASON],
  ),
  defineMetric(
    METRIC_DCMX_METRICS_OVERFLOW,
    "counter",
    "{measurement}",
    "development",
    "project",
    "Measurements that went to the overflow series because of the cardinality limit.",
    [ATTR_DCMX_METRIC_NAME],
  ),
  defineMetric(
    METRIC_DCMX_METRICS_LABELS_DROPPED,
    "counter",
    "{label}",
    "development",
    "project",
    "Identifiers that were refused as labels.",
    [ATTR_DCMX_METRIC_NAME],
  ),
  defineMetric(
    METRIC_DCMX_METRICS_COLLISIONS,
    "counter",
    "{collision}",
    "development",
    "project",
    "Metrics that were merged or left out of the page because another one has the same Prometheus name.",
    [ATTR_DCMX_METRIC_NAME],
  ),
];
