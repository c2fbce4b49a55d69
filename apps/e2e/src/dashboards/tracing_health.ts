import {
  ATTR_DCMX_DROP_REASON,
  ATTR_DCMX_EXPORTER,
  ATTR_ERROR_TYPE,
  METRIC_DCMX_EXPORT_BYTES,
  METRIC_DCMX_EXPORT_DURATION,
  METRIC_DCMX_METRICS_COLLISIONS,
  METRIC_DCMX_METRICS_LABELS_DROPPED,
  METRIC_DCMX_METRICS_OVERFLOW,
  METRIC_DCMX_METRICS_REFUSED,
  METRIC_DCMX_SPANS_ABANDONED,
  METRIC_DCMX_SPANS_DROPPED,
  METRIC_DCMX_SPANS_ENDED,
  METRIC_DCMX_SPANS_EXPORTED,
  METRIC_DCMX_SPANS_FAILED,
  METRIC_DCMX_SPANS_QUEUE_SIZE,
  METRIC_DCMX_SPANS_SAMPLED_OUT,
  METRIC_DCMX_SPANS_STARTED,
  METRIC_NODEJS_EVENTLOOP_DELAY_P99,
  METRIC_NODEJS_EVENTLOOP_UTILIZATION,
  METRIC_PROCESS_CPU_TIME,
  METRIC_PROCESS_MEMORY_USAGE,
  METRIC_V8JS_GC_DURATION,
  METRIC_V8JS_MEMORY_HEAP_USED,
} from "@dcmx-tracing/conventions";
import type { DashboardSpec } from "./_build_dashboard.ts";
import { current, highest, quantile, rate, total } from "./_promql.ts";

/** The telemetry about itself, and the process that carries it. */
export const TRACING_HEALTH: DashboardSpec = {
  uid: "dcmx-tracing-health",
  title: "Tracing Health",
  description: "Whether spans and metrics arrive, and what the process pays.",
  rows: [
    {
      title: "In the chosen time",
      panels: [
        {
          kind: "stat",
          title: "Spans exported",
          description: "Spans that a receiver has accepted.",
          unit: "short",
          queries: [{ expr: total(METRIC_DCMX_SPANS_EXPORTED) }],
        },
        {
          kind: "stat",
          title: "Spans dropped",
          description: "Lost before the export. Anything above 0 is a gap in the traces.",
          unit: "short",
          queries: [{ expr: total(METRIC_DCMX_SPANS_DROPPED) }],
        },
        {
          kind: "stat",
          title: "Spans failed",
          description: "Refused by the receiver or not deliverable.",
          unit: "short",
          queries: [{ expr: total(METRIC_DCMX_SPANS_FAILED) }],
        },
        {
          kind: "stat",
          title: "Spans sampled out",
          description: "Left out on purpose. A missing trace is here or among the lost ones.",
          unit: "short",
          queries: [{ expr: total(METRIC_DCMX_SPANS_SAMPLED_OUT) }],
        },
      ],
    },
    {
      title: "Spans",
      panels: [
        {
          kind: "lines",
          title: "Spans",
          description:
            "Started and ended should meet; the difference between ended and exported waits, was dropped, or failed.",
          unit: "ops",
          queries: [
            { expr: rate(METRIC_DCMX_SPANS_STARTED), legend: "started" },
            { expr: rate(METRIC_DCMX_SPANS_SAMPLED_OUT), legend: "sampled out" },
            { expr: rate(METRIC_DCMX_SPANS_ENDED), legend: "ended" },
            { expr: rate(METRIC_DCMX_SPANS_EXPORTED), legend: "exported" },
          ],
        },
        {
          kind: "lines",
          title: "Spans lost",
          description: "By reason. A full queue asks for a faster collector or a larger batch.",
          unit: "ops",
          queries: [
            {
              expr: rate(METRIC_DCMX_SPANS_DROPPED, { by: [ATTR_DCMX_DROP_REASON] }),
              legend: "dropped: {{dcmx_drop_reason}}",
            },
            {
              expr: rate(METRIC_DCMX_SPANS_FAILED, { by: [ATTR_ERROR_TYPE] }),
              legend: "failed: {{error_type}}",
            },
          ],
        },
        {
          kind: "lines",
          title: "Queue",
          description: "Spans that wait for the export.",
          unit: "short",
          queries: [{ expr: current(METRIC_DCMX_SPANS_QUEUE_SIZE) }],
        },
        {
          kind: "lines",
          title: "Bytes sent",
          description: "After compression.",
          unit: "Bps",
          queries: [
            {
              expr: rate(METRIC_DCMX_EXPORT_BYTES, { by: [ATTR_DCMX_EXPORTER] }),
              legend: "{{dcmx_exporter}}",
            },
          ],
        },
        {
          kind: "lines",
          title: "Requests to receivers (p95)",
          description: "Failed ones included. What nears the timeout of the export is lost next.",
          unit: "s",
          queries: [
            {
              expr: quantile(0.95, METRIC_DCMX_EXPORT_DURATION, { by: [ATTR_DCMX_EXPORTER] }),
              legend: "{{dcmx_exporter}}",
            },
          ],
        },
        {
          kind: "lines",
          title: "Calls abandoned",
          description: "Traced calls whose result nobody went on consuming, such as streams that were left.",
          unit: "ops",
          queries: [{ expr: rate(METRIC_DCMX_SPANS_ABANDONED) }],
        },
        {
          kind: "lines",
          title: "Jaeger: spans accepted and refused",
          description: "What arrives at the collector.",
          unit: "ops",
          queries: [
            {
              expr: "sum(rate(otelcol_receiver_accepted_spans_total[$__rate_interval]))",
              legend: "accepted",
            },
            { expr: "sum(rate(otelcol_receiver_refused_spans_total[$__rate_interval]))", legend: "refused" },
          ],
        },
      ],
    },
    {
      title: "Metrics",
      panels: [
        {
          kind: "lines",
          title: "Series",
          description:
            "Series on a page, as Prometheus counts them. Rising without end: an id is used as a label.",
          unit: "short",
          queries: [{ expr: 'sum by (job) (scrape_samples_scraped{job=~"$job"})', legend: "{{job}}" }],
        },
        {
          kind: "lines",
          title: "Measurements refused",
          description:
            "Refused values, measurements beyond the cardinality limit, ids refused as labels, colliding names.",
          unit: "ops",
          queries: [
            { expr: rate(METRIC_DCMX_METRICS_REFUSED), legend: "refused" },
            { expr: rate(METRIC_DCMX_METRICS_OVERFLOW), legend: "overflow" },
            { expr: rate(METRIC_DCMX_METRICS_LABELS_DROPPED), legend: "labels dropped" },
            { expr: rate(METRIC_DCMX_METRICS_COLLISIONS), legend: "collisions" },
          ],
        },
        {
          kind: "lines",
          title: "Scrape",
          description: "Time that Prometheus needs to read the page.",
          unit: "s",
          queries: [{ expr: 'max by (job) (scrape_duration_seconds{job=~"$job"})', legend: "{{job}}" }],
        },
      ],
    },
    {
      title: "Process",
      panels: [
        {
          kind: "lines",
          title: "Processor",
          description: "Seconds of processor time a second; 1 is one core.",
          unit: "short",
          queries: [{ expr: rate(METRIC_PROCESS_CPU_TIME) }],
        },
        {
          kind: "lines",
          title: "Memory",
          description: "Resident, and the used part of the heap.",
          unit: "bytes",
          queries: [
            { expr: highest(METRIC_PROCESS_MEMORY_USAGE), legend: "resident {{job}}" },
            { expr: current(METRIC_V8JS_MEMORY_HEAP_USED), legend: "heap" },
          ],
        },
        {
          kind: "lines",
          title: "Event loop delay (p99)",
          description: "Long delays are felt by every request.",
          unit: "s",
          queries: [{ expr: highest(METRIC_NODEJS_EVENTLOOP_DELAY_P99), legend: "{{job}}" }],
        },
        {
          kind: "lines",
          title: "Event loop utilization",
          description: "Near 1 the process cannot take more.",
          unit: "percentunit",
          queries: [{ expr: highest(METRIC_NODEJS_EVENTLOOP_UTILIZATION), legend: "{{job}}" }],
        },
        {
          kind: "lines",
          title: "Garbage collection",
          description: "p95 of the pauses.",
          unit: "s",
          queries: [{ expr: quantile(0.95, METRIC_V8JS_GC_DURATION) }],
        },
      ],
    },
  ],
};
