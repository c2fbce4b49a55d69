import { defineAttribute } from "./_define_attribute.ts";
import type { AttributeDefinition } from "./attribute_definition.ts";

/** Why a span was dropped. */
export const ATTR_DCMX_DROP_REASON = "dcmx.drop.reason" as const;

/** Name of the exporter. */
export const ATTR_DCMX_EXPORTER = "dcmx.exporter" as const;

/** Metric that a count is about. */
export const ATTR_DCMX_METRIC_NAME = "dcmx.metric.name" as const;

/** Why a measurement was refused. */
export const ATTR_DCMX_REFUSAL_REASON = "dcmx.refusal.reason" as const;

/** Whether the span was ended because its iterator or stream was given up. */
export const ATTR_DCMX_SPAN_ABANDONED = "dcmx.span.abandoned" as const;

/** Values of the span that were redacted. */
export const ATTR_REDACTION_COUNT = "redaction.count" as const;

/** Rule that redacted a value. */
export const ATTR_REDACTION_RULE = "redaction.rule" as const;

/** Part of the telemetry in which a value was redacted. */
export const ATTR_REDACTION_SURFACE = "redaction.surface" as const;

/** Marks the series that holds what exceeded the cardinality limit. */
export const ATTR_OTEL_METRIC_OVERFLOW = "otel.metric.overflow" as const;

/** Definitions of the attributes of the telemetry of this project about itself. */
export const TELEMETRY_ATTRIBUTES: readonly AttributeDefinition[] = [
  defineAttribute(
    ATTR_DCMX_DROP_REASON,
    "string",
    "fixed",
    "public",
    "development",
    "project",
    "Why a span was dropped.",
    { values: ["queue-full", "encode-error", "shutdown", "withheld"] },
  ),
  defineAttribute(
    ATTR_DCMX_EXPORTER,
    "string",
    "low",
    "public",
    "development",
    "project",
    "Name of the exporter.",
  ),
  defineAttribute(
    ATTR_DCMX_METRIC_NAME,
    "string",
    "low",
    "public",
    "development",
    "project",
    "Metric that a count is about.",
  ),
  defineAttribute(
    ATTR_DCMX_REFUSAL_REASON,
    "string",
    "fixed",
    "public",
    "development",
    "project",
    "Why a measurement was refused.",
    { values: ["not_a_number", "not_finite", "negative", "wrong_kind", "name"] },
  ),
  defineAttribute(
    ATTR_DCMX_SPAN_ABANDONED,
    "boolean",
    "fixed",
    "public",
    "development",
    "project",
    "Whether the span was ended because its iterator or stream was given up.",
  ),
  defineAttribute(
    ATTR_REDACTION_COUNT,
    "int",
    "high",
    "public",
    "development",
    "redaction",
    "Values of the span that were redacted.",
  ),
  defineAttribute(
    ATTR_REDACTION_RULE,
    "string",
    "low",
    "public",
    "development",
    "redaction",
    "Rule that redacted a value.",
  ),
  defineAttribute(
    ATTR_REDACTION_SURFACE,
    "string",
    "fixed",
    "public",
    "development",
    "redaction",
    "Part of the telemetry in which a value was redacted.",
    {
      values: [
        "name",
        "status",
        "attribute",
        "event",
        "link",
        "resource",
        "scope",
        "tracestate",
        "baggage",
        "metric",
        "log",
        "value",
      ],
    },
  ),
  defineAttribute(
    ATTR_OTEL_METRIC_OVERFLOW,
    "boolean",
    "fixed",
    "public",
    "stable",
    "opentelemetry",
    "Marks the series that holds what exceeded the cardinality limit.",
  ),
];
