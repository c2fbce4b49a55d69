import { creationOrder } from "./_creation_order.ts";
import type { ReadableSpan } from "./_sdk.ts";

/** A span with the spans that it is the parent of. */
export interface TraceNode {
  readonly span: ReadableSpan;
  readonly children: TraceNode[];
  /** What to say of the parent when it is not among the spans. */
  readonly parent: "none" | "remote parent" | "parent missing";
}

/** Groups spans to trees, one list of trees a trace; siblings and traces by start time, then by creation. */
export function buildTraces(spans: readonly ReadableSpan[]): TraceNode[][] {
  const sorted = sortByStart(spans);
  const nodes = new Map<string, TraceNode>();
  for (const span of sorted) {
    nodes.set(keyOf(span.spanContext()), { span, children: [], parent: parentKind(span) });
  }
  const traces = new Map<string, TraceNode[]>();
  for (const node of nodes.values()) {
    const { span } = node;
    const parent = span.parentSpanContext && nodes.get(keyOf(span.parentSpanContext));
    if (parent !== undefined && parent !== node) {
      parent.children.push(node);
      continue;
    }
    const { traceId } = span.spanContext();
    const trees = traces.get(traceId) ?? [];
    traces.set(traceId, trees);
    trees.push(node);
  }
  return [...traces.values()];
}

function keyOf(spanContext: { readonly traceId: string; readonly spanId: string }): string {
  return `${spanContext.traceId}:${spanContext.spanId}`;
}

function parentKind(span: ReadableSpan): TraceNode["parent"] {
  if (span.parentSpanContext === undefined) return "none";
  return span.parentSpanContext.isRemote === true ? "remote parent" : "parent missing";
}

function sortByStart(spans: readonly ReadableSpan[]): ReadableSpan[] {
  return spans
    .map((span, index) => ({ span, order: creationOrder(span) ?? index }))
    .sort((a, b) => compareTime(a.span.startTime, b.span.startTime) || a.order - b.order)
    .map(({ span }) => span);
}

function compareTime(a: readonly [number, number], b: readonly [number, number]): number {
  return a[0] - b[0] || a[1] - b[1];
}
