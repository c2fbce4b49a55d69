import { defineMetric } from "./_define_metric.ts";
import { MICRO_SECONDS_BUCKETS } from "./buckets.ts";
import type { MetricDefinition } from "./metric_definition.ts";
import { ATTR_REDACTION_RULE, ATTR_REDACTION_SURFACE } from "./telemetry_attributes.ts";

/** Values that were redacted. */
export const METRIC_REDACTION_HITS = "redaction.hits" as const;

/** Values that were replaced because a rule failed. */
export const METRIC_REDACTION_FAILURES = "redaction.failures" as const;

/** Values whose tail was dropped unscanned. */
export const METRIC_REDACTION_TRUNCATED = "redaction.truncated" as const;

/** Time spent on the redaction of a span. */
export const METRIC_REDACTION_DURATION = "redaction.duration" as const;

/** Definitions of the metrics of redaction. */
export const REDACTION_METRICS: readonly MetricDefinition[] = [
  defineMetric(
    METRIC_REDACTION_HITS,
    "counter",
    "{value}",
    "development",
    "redaction",
    "Values that were redacted.",
    [ATTR_REDACTION_RULE, ATTR_REDACTION_SURFACE],
  ),
  defineMetric(
    METRIC_REDACTION_FAILURES,
    "counter",
    "{failure}",
    "development",
    "redaction",
    "Values that were replaced because a rule failed.",
    [ATTR_REDACTION_RULE, ATTR_REDACTION_SURFACE],
  ),
  defineMetric(
    METRIC_REDACTION_TRUNCATED,
    "counter",
    "{value}",
    "development",
    "redaction",
    "Values whose tail was dropped unscanned.",
    [ATTR_REDACTION_SURFACE],
  ),
  defineMetric(
    METRIC_REDACTION_DURATION,
    "histogram",
    "s",
    "development",
    "redaction",
    "Time spent on the redaction of a span.",
    [],
    { buckets: MICRO_SECONDS_BUCKETS },
  ),
];
