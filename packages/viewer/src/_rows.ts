import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { millisBetween } from "./_duration.ts";

/** One span of a waterfall with what stands before it. */
export interface Row {
  readonly span: ReadableSpan;
  /** The branches before the name. */
  readonly branch: string;
  /** What continues below the row, before its details. */
  readonly gutter: string;
}

// Deeper levels are drawn at this one: a recursion of thousands of spans must not make lines of as many columns.
const MAX_DEPTH = 24;

/** The spans as rows from top to bottom; siblings by start time, then in the order of the array. */
export function buildRows(spans: readonly ReadableSpan[]): Row[] {
  const children = groupByParent(spans);
  const rows: Row[] = [];
  const stack = nodes(children.get(undefined) ?? [], "", "");
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const below = children.get(node.span.spanContext().spanId) ?? [];
    rows.push({
      span: node.span,
      branch: node.branch,
      gutter: `${node.rest}${below.length > 0 ? "│ " : "  "}`,
    });
    const deep = node.rest.length >= MAX_DEPTH * 3;
    stack.push(...nodes(below, deep ? node.rest.slice(0, -3) : node.rest, "└─ "));
  }
  return rows;
}

interface Node {
  readonly span: ReadableSpan;
  readonly branch: string;
  readonly rest: string;
}

/** The nodes of siblings, the last one first, as a stack wants them; roots have no branches. */
function nodes(siblings: readonly ReadableSpan[], prefix: string, corner: string): Node[] {
  return siblings
    .map((span, index) => {
      if (corner === "") return { span, branch: "", rest: "" };
      const last = index === siblings.length - 1;
      return { span, branch: prefix + (last ? corner : "├─ "), rest: `${prefix}${last ? "   " : "│  "}` };
    })
    .reverse();
}

/** Children by the id of their parent; those without a parent among the spans under `undefined`. */
function groupByParent(spans: readonly ReadableSpan[]): Map<string | undefined, ReadableSpan[]> {
  const ids = new Set(spans.map((span) => span.spanContext().spanId));
  const groups = new Map<string | undefined, ReadableSpan[]>();
  const sorted = [...spans].sort((a, b) => millisBetween(b.startTime, a.startTime));
  for (const span of sorted) {
    const parent = span.parentSpanContext?.spanId;
    const key =
      parent !== undefined && ids.has(parent) && parent !== span.spanContext().spanId ? parent : undefined;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [span]);
    else group.push(span);
  }
  return groups;
}
