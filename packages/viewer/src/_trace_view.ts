import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { millisBetween } from "./_duration.ts";
import { buildRows } from "./_rows.ts";

/** A trace as the page shows it: plain data, times in milliseconds from the start of the trace. */
export interface TraceView {
  readonly traceId: string;
  readonly name: string;
  readonly services: readonly string[];
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly duration: number;
  readonly errors: number;
  readonly rows: readonly RowView[];
}

interface RowView {
  readonly branch: string;
  readonly name: string;
  readonly service: string;
  readonly kind: string;
  readonly error: string | undefined;
  readonly start: number;
  readonly duration: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly {
    readonly name: string;
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
}

/** @param spans The spans of one trace, at least one. */
export function traceView(spans: readonly ReadableSpan[]): TraceView {
  const rows = buildRows(spans);
  const first = rows[0]?.span;
  const starts = spans.map((span) => millisBetween([0, 0], span.startTime));
  const start = starts.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  const end = spans.reduce((most, span) => Math.max(most, millisBetween([0, 0], span.endTime)), start);
  return {
    traceId: first?.spanContext().traceId ?? "",
    name: first?.name ?? "",
    services: [...new Set(spans.map(serviceOf))],
    start,
    duration: end - start,
    errors: spans.filter(isFailed).length,
    rows: rows.map(({ span, branch }) => ({
      branch,
      name: span.name,
      service: serviceOf(span),
      kind: SpanKind[span.kind] ?? "",
      error: isFailed(span) ? (span.status.message ?? "") : undefined,
      start: millisBetween([0, 0], span.startTime) - start,
      duration: millisBetween([0, 0], span.duration),
      attributes: span.attributes,
      events: span.events.map(({ name, attributes }) => ({ name, attributes: attributes ?? {} })),
    })),
  };
}

function isFailed(span: ReadableSpan): boolean {
  return span.status.code === SpanStatusCode.ERROR;
}

function serviceOf(span: ReadableSpan): string {
  return String(span.resource.attributes["service.name"] ?? "unknown_service");
}
