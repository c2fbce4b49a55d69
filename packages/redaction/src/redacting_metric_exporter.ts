import type { Attributes } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { type ExportCallback, guardedExport } from "./_guarded_export.ts";
import { createOriginRedactor, type OriginRedactor } from "./_redact_origin.ts";
import { redactorOf } from "./_redactor_of.ts";
import type { Redactor } from "./create_redactor.ts";
import type { RedactionOptions } from "./redaction_options.ts";

/** What is read of a batch of the metrics SDK (`ResourceMetrics`). */
export interface MetricsLike {
  readonly resource: ReadableSpan["resource"];
  readonly scopeMetrics: readonly {
    readonly scope: ReadableSpan["instrumentationScope"];
    readonly metrics: readonly MetricLike[];
  }[];
}

/** What is read of one metric. */
export interface MetricLike {
  readonly descriptor: { readonly name: string; readonly description: string };
  readonly dataPoints: readonly DataPointLike[];
}

/** What is read of one data point; SDKs that collect exemplars put them beside its value. */
export interface DataPointLike {
  readonly attributes: Attributes;
  readonly exemplars?: readonly { readonly filteredAttributes: Attributes }[];
}

/** What is used of a push exporter of the metrics SDK (`PushMetricExporter`). */
export interface MetricExporterLike {
  export(metrics: MetricsLike, resultCallback: ExportCallback): void;
}

/**
 * Wraps a push exporter of metrics so that attributes of data points and exemplars, names and descriptions of
 * instruments, resource and scope are redacted before a batch is exported. The batch that the reader holds is not
 * changed. Use it beside {@link redactMetricAttributes}, which redacts where a series is made: two series whose labels
 * differ in a secret only are two points with the same labels here, and one series there.
 *
 * It fails closed: a batch that cannot be read is not exported, and if the self-test at start fails, none is.
 *
 * @param exporter The exporter that sends the metrics.
 * @param options Options of redaction, or a redactor to share with other wrappers.
 * @returns An exporter with the same members otherwise.
 * @throws RangeError when an option cannot be meant.
 *
 * @example Wrap an exporter
 * ```ts
 * import { AggregationTemporality, InMemoryMetricExporter } from "@opentelemetry/sdk-metrics";
 * import { redactingMetricExporter } from "@dcmx-tracing/redaction";
 *
 * const exporter = redactingMetricExporter(new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE));
 * await exporter.shutdown();
 * ```
 */
export function redactingMetricExporter<E extends MetricExporterLike>(
  exporter: E,
  options: RedactionOptions | Redactor = {},
): E {
  const redactor = redactorOf(options);
  const origins = createOriginRedactor(
    (attributes) => redactor.redactAttributes(attributes, "resource"),
    redactor.redactString,
  );
  const send = guardedExport<MetricsLike>(
    redactor,
    (metrics) => redactMetrics(metrics, redactor, origins),
    (metrics, done) => exporter.export(metrics, done),
  );
  // Exporters have members that the reader asks for, such as the temporality, and some keep private fields.
  return new Proxy(exporter, {
    get: (target, name) => {
      if (name === "export") return send;
      const member: unknown = Reflect.get(target, name);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
}

function redactMetrics(metrics: MetricsLike, redactor: Redactor, origins: OriginRedactor): MetricsLike {
  return {
    ...metrics,
    resource: origins.resource(metrics.resource),
    scopeMetrics: metrics.scopeMetrics.map((each) => ({
      ...each,
      scope: origins.scope(each.scope),
      metrics: each.metrics.map((metric) => redactMetric(metric, redactor)),
    })),
  };
}

function redactMetric(metric: MetricLike, redactor: Redactor): MetricLike {
  const { descriptor, dataPoints } = metric;
  const name = redactor.redactString(descriptor.name, "", "metric");
  return {
    ...metric,
    descriptor: {
      ...descriptor,
      // The brackets of a marker may not stand in a name, and a back end may refuse the batch for one.
      name: name === descriptor.name ? name : name.replace(/[^\w./-]/g, "_"),
      description: redactor.redactString(descriptor.description, "", "metric"),
    },
    dataPoints: dataPoints.map((point) => redactPoint(point, redactor)),
  };
}

function redactPoint(point: DataPointLike, redactor: Redactor): DataPointLike {
  const attributes = redactor.redactAttributes(point.attributes, "metric");
  if (point.exemplars === undefined) return { ...point, attributes };
  const exemplars = point.exemplars.map((exemplar) => ({
    ...exemplar,
    filteredAttributes: redactor.redactAttributes(exemplar.filteredAttributes, "metric"),
  }));
  return { ...point, attributes, exemplars };
}
