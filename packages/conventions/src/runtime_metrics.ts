import { defineMetric } from "./_define_metric.ts";
import { GC_SECONDS_BUCKETS } from "./buckets.ts";
import type { MetricDefinition } from "./metric_definition.ts";
import {
  ATTR_NODEJS_EVENTLOOP_STATE,
  ATTR_PROCESS_CPU_STATE,
  ATTR_V8JS_GC_TYPE,
  ATTR_V8JS_HEAP_SPACE_NAME,
  ATTR_V8JS_RESOURCE_TYPE,
} from "./process_attributes.ts";

/** Time that the processor spent on the process. */
export const METRIC_PROCESS_CPU_TIME = "process.cpu.time" as const;

/** Resident memory of the process. */
export const METRIC_PROCESS_MEMORY_USAGE = "process.memory.usage" as const;

/** Time since the process was started. */
export const METRIC_PROCESS_UPTIME = "process.uptime" as const;

/** Shortest delay of the event loop. */
export const METRIC_NODEJS_EVENTLOOP_DELAY_MIN = "nodejs.eventloop.delay.min" as const;

/** Longest delay of the event loop. */
export const METRIC_NODEJS_EVENTLOOP_DELAY_MAX = "nodejs.eventloop.delay.max" as const;

/** Mean delay of the event loop. */
export const METRIC_NODEJS_EVENTLOOP_DELAY_MEAN = "nodejs.eventloop.delay.mean" as const;

/** Standard deviation of the delay of the event loop. */
export const METRIC_NODEJS_EVENTLOOP_DELAY_STDDEV = "nodejs.eventloop.delay.stddev" as const;

/** Median delay of the event loop. */
export const METRIC_NODEJS_EVENTLOOP_DELAY_P50 = "nodejs.eventloop.delay.p50" as const;

/** 90th percentile of the delay of the event loop. */
export const METRIC_NODEJS_EVENTLOOP_DELAY_P90 = "nodejs.eventloop.delay.p90" as const;

/** 99th percentile of the delay of the event loop. */
export const METRIC_NODEJS_EVENTLOOP_DELAY_P99 = "nodejs.eventloop.delay.p99" as const;

/** Time that the event loop was idle and active. */
export const METRIC_NODEJS_EVENTLOOP_TIME = "nodejs.eventloop.time" as const;

/** Share of the time in which the event loop was active. */
export const METRIC_NODEJS_EVENTLOOP_UTILIZATION = "nodejs.eventloop.utilization" as const;

/** Duration of garbage collections. */
export const METRIC_V8JS_GC_DURATION = "v8js.gc.duration" as const;

/** Memory that a heap space uses. */
export const METRIC_V8JS_MEMORY_HEAP_USED = "v8js.memory.heap.used" as const;

/** Memory that a heap space has left. */
export const METRIC_V8JS_MEMORY_HEAP_SPACE_AVAILABLE_SIZE = "v8js.memory.heap.space.available_size" as const;

/** Physical memory that a heap space takes. */
export const METRIC_V8JS_MEMORY_HEAP_SPACE_PHYSICAL_SIZE = "v8js.memory.heap.space.physical_size" as const;

/** Size of a heap space. */
export const METRIC_V8JS_MEMORY_HEAP_SPACE_SIZE = "v8js.memory.heap.space.size" as const;

/** Resources that keep the event loop alive. */
export const METRIC_V8JS_RESOURCE_ACTIVE = "v8js.resource.active" as const;

/** Definitions of the metrics of the process. */
export const RUNTIME_METRICS: readonly MetricDefinition[] = [
  defineMetric(
    METRIC_PROCESS_CPU_TIME,
    "counter",
    "s",
    "development",
    "opentelemetry",
    "Time that the processor spent on the process.",
    [ATTR_PROCESS_CPU_STATE],
  ),
  defineMetric(
    METRIC_PROCESS_MEMORY_USAGE,
    "updowncounter",
    "By",
    "development",
    "opentelemetry",
    "Resident memory of the process.",
    [],
  ),
  defineMetric(
    METRIC_PROCESS_UPTIME,
    "gauge",
    "s",
    "development",
    "opentelemetry",
    "Time since the process was started.",
    [],
  ),
  defineMetric(
    METRIC_NODEJS_EVENTLOOP_DELAY_MIN,
    "gauge",
    "s",
    "development",
    "opentelemetry",
    "Shortest delay of the event loop.",
    [],
  ),
  defineMetric(
    METRIC_NODEJS_EVENTLOOP_DELAY_MAX,
    "gauge",
    "s",
    "development",
    "opentelemetry",
    "Longest delay of the event loop.",
    [],
  ),
  defineMetric(
    METRIC_NODEJS_EVENTLOOP_DELAY_MEAN,
    "gauge",
    "s",
    "development",
    "opentelemetry",
    "Mean delay of the event loop.",
    [],
  ),
  defineMetric(
    METRIC_NODEJS_EVENTLOOP_DELAY_STDDEV,
    "gauge",
    "s",
    "development",
    "opentelemetry",
    "Standard deviation of the delay of the event loop.",
    [],
  ),
  defineMetric(
    METRIC_NODEJS_EVENTLOOP_DELAY_P50,
    "gauge",
    "s",
    "development",
    "opentelemetry",
    "Median delay of the event loop.",
    [],
  ),
  defineMetric(
    METRIC_NODEJS_EVENTLOOP_DELAY_P90,
    "gauge",
    "s",
    "development",
    "opentelemetry",
    "90th percentile of the delay of the event loop.",
    [],
  ),
  defineMetric(
    METRIC_NODEJS_EVENTLOOP_DELAY_P99,
    "gauge",
    "s",
    "development",
    "opentelemetry",
    "99th percentile of the delay of the event loop.",
    [],
  ),
  defineMetric(
    METRIC_NODEJS_EVENTLOOP_TIME,
    "counter",
    "s",
    "development",
    "opentelemetry",
    "Time that the event loop was idle and active.",
    [ATTR_NODEJS_EVENTLOOP_STATE],
  ),
  defineMetric(
    METRIC_NODEJS_EVENTLOOP_UTILIZATION,
    "gauge",
    "1",
    "development",
    "opentelemetry",
    "Share of the time in which the event loop was active.",
    [],
  ),
  defineMetric(
    METRIC_V8JS_GC_DURATION,
    "histogram",
    "s",
    "development",
    "opentelemetry",
    "Duration of garbage collections.",
    [ATTR_V8JS_GC_TYPE],
    { buckets: GC_SECONDS_BUCKETS },
  ),
  defineMetric(
    METRIC_V8JS_MEMORY_HEAP_USED,
    "gauge",
    "By",
    "development",
    "opentelemetry",
    "Memory that a heap space uses.",
    [ATTR_V8JS_HEAP_SPACE_NAME],
  ),
  defineMetric(
    METRIC_V8JS_MEMORY_HEAP_SPACE_AVAILABLE_SIZE,
    "gauge",
    "By",
    "development",
    "opentelemetry",
    "Memory that a heap space has left.",
    [ATTR_V8JS_HEAP_SPACE_NAME],
  ),
  defineMetric(
    METRIC_V8JS_MEMORY_HEAP_SPACE_PHYSICAL_SIZE,
    "gauge",
    "By",
    "development",
    "opentelemetry",
    "Physical memory that a heap space takes.",
    [ATTR_V8JS_HEAP_SPACE_NAME],
  ),
  defineMetric(
    METRIC_V8JS_MEMORY_HEAP_SPACE_SIZE,
    "updowncounter",
    "By",
    "development",
    "opentelemetry",
    "Size of a heap space.",
    [ATTR_V8JS_HEAP_SPACE_NAME],
  ),
  defineMetric(
    METRIC_V8JS_RESOURCE_ACTIVE,
    "gauge",
    "{resource}",
    "development",
    "opentelemetry",
    "Resources that keep the event loop alive.",
    [ATTR_V8JS_RESOURCE_TYPE],
  ),
];
