import type { Attributes, HrTime } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";

/** A span reduced to what must survive the way through a collector, ready for `toEqual`. */
export interface CanonicalSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: number;
  readonly start: string;
  readonly end: string;
  readonly status: { readonly code: number; readonly message: string };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly { name: string; time: string; attributes: Readonly<Record<string, unknown>> }[];
  readonly links: readonly {
    traceId: string;
    spanId: string;
    attributes: Readonly<Record<string, unknown>>;
  }[];
  readonly scope: string;
  readonly resource: Readonly<Record<string, unknown>>;
}

/** Reduces spans of this process, sorted by id. */
export function canonicalOfProcess(spans: readonly ReadableSpan[]): readonly CanonicalSpan[] {
  return byId(
    spans.map((span) => ({
      traceId: span.spanContext().traceId,
      spanId: span.spanContext().spanId,
      parentSpanId: span.parentSpanContext?.spanId ?? "",
      name: span.name,
      kind: span.kind + 1, // OTLP counts from 1
      start: nanoseconds(span.startTime),
      end: nanoseconds(span.endTime),
      status: { code: span.status.code, message: span.status.message ?? "" },
      attributes: plain(span.attributes),
      events: span.events.map(({ name, time, attributes = {} }) => ({
        name,
        time: nanoseconds(time),
        attributes: plain(attributes),
      })),
      links: span.links.map(({ context, attributes = {} }) => ({
        traceId: context.traceId,
        spanId: context.spanId,
        attributes: plain(attributes),
      })),
      scope: span.instrumentationScope.name,
      resource: plain(span.resource.attributes),
    })),
  );
}

/** Reduces an answer of Jaeger's `/api/v3/traces`, which is OTLP in JSON. */
export function canonicalOfOtlp(answer: OtlpAnswer): readonly CanonicalSpan[] {
  const found = answer.result.resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) => ({
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId ?? "",
        name: span.name,
        kind: span.kind,
        start: span.startTimeUnixNano,
        end: span.endTimeUnixNano,
        status: { code: span.status?.code ?? 0, message: span.status?.message ?? "" },
        attributes: decoded(span.attributes),
        events: (span.events ?? []).map((event) => ({
          name: event.name,
          time: event.timeUnixNano,
          attributes: decoded(event.attributes),
        })),
        links: (span.links ?? []).map((link) => ({
          traceId: link.traceId,
          spanId: link.spanId,
          attributes: decoded(link.attributes),
        })),
        scope: scope.name,
        resource: decoded(resource.attributes),
      })),
    ),
  );
  return byId(found);
}

/** The part of OTLP's JSON that is read. */
export interface OtlpAnswer {
  readonly result: { readonly resourceSpans: readonly ResourceSpans[] };
}

interface ResourceSpans {
  readonly resource: { readonly attributes?: readonly KeyValue[] };
  readonly scopeSpans: readonly {
    readonly scope: { readonly name: string };
    readonly spans: readonly OtlpSpan[];
  }[];
}

interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status?: { readonly code?: number; readonly message?: string };
  readonly attributes?: readonly KeyValue[];
  readonly events?: readonly { name: string; timeUnixNano: string; attributes?: readonly KeyValue[] }[];
  readonly links?: readonly { traceId: string; spanId: string; attributes?: readonly KeyValue[] }[];
}

interface KeyValue {
  readonly key: string;
  readonly value: AnyValue;
}

interface AnyValue {
  readonly stringValue?: string;
  readonly intValue?: string;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
  readonly arrayValue?: { readonly values?: readonly AnyValue[] };
}

function decoded(attributes: readonly KeyValue[] = []): Record<string, unknown> {
  return sorted(attributes.map(({ key, value }) => [key, decodedValue(value)]));
}

function decodedValue(value: AnyValue): unknown {
  if (value.intValue !== undefined) return Number(value.intValue);
  if (value.arrayValue !== undefined) return (value.arrayValue.values ?? []).map(decodedValue);
  return value.stringValue ?? value.doubleValue ?? value.boolValue;
}

function plain(attributes: Attributes): Record<string, unknown> {
  return sorted(Object.entries(attributes));
}

function sorted(entries: [string, unknown][]): Record<string, unknown> {
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function nanoseconds([seconds, rest]: HrTime): string {
  return String(BigInt(seconds) * 1_000_000_000n + BigInt(rest));
}

function byId(spans: readonly CanonicalSpan[]): readonly CanonicalSpan[] {
  return [...spans].sort((a, b) => (a.spanId < b.spanId ? -1 : 1));
}
