import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { escapeControls, formatAttributes } from "./_format_attributes.ts";
import type { ReadableSpan } from "./_sdk.ts";
import { buildTraces, type TraceNode } from "./_trace_tree.ts";

/**
 * Which attributes of spans, events and links are drawn: all, none, those with these keys, or the values that a
 * function returns for them (`undefined` leaves the attribute out).
 */
export type AttributeSelection = boolean | readonly string[] | ((key: string, value: unknown) => unknown);

/** Options of {@linkcode renderTrace}. */
export interface RenderTraceOptions {
  /** Which attributes are drawn. @default true */
  readonly attributes?: AttributeSelection;
  /**
   * Keys whose values differ from run to run: they are drawn as `*`. `exception.stacktrace` always is.
   *
   * @default []
   */
  readonly mask?: readonly string[];
  /** Draws the events of each span. @default true */
  readonly events?: boolean;
  /** Draws the links of each span. @default true */
  readonly links?: boolean;
  /** Puts the service of each span before its name, as `[minter] mint`. @default false */
  readonly service?: boolean;
}

/**
 * Draws spans as text for a test to compare: every trace as a tree, one line a span with its name, its kind (when
 * not INTERNAL), its status (when set) and its attributes; below it a line for each event and link. Neither ids nor
 * times appear, so that the same behaviour gives the same text. Siblings are in the order of their start times, then
 * in the order of their creation.
 *
 * A span whose parent is not among the spans is drawn as a root with the note `(remote parent)` or
 * `(parent missing)`.
 *
 * @param spans Finished spans of one or several traces, in any order.
 * @param options What is drawn.
 * @returns The drawing, without a line break at its end; the empty string for no spans.
 *
 * @example Compare a whole trace
 * ```ts
 * import { createTestTracing, renderTrace } from "@dcmx-tracing/testing";
 * import { expect } from "vitest";
 *
 * const tracing = createTestTracing();
 * const tracer = tracing.tracer();
 * tracer.startActiveSpan("nft_minting", (parent) => {
 *   tracer.startSpan("nft_minting.verify_watermark").setAttribute("watermark.valid", true).end();
 *   tracer.startSpan("nft_minting.blockchain_mint").addEvent("sent").end();
 *   parent.end();
 * });
 *
 * expect(renderTrace(tracing.spans()).split("\n")).toEqual([
 *   "nft_minting",
 *   "├─ nft_minting.verify_watermark watermark.valid=true",
 *   "└─ nft_minting.blockchain_mint",
 *   "      • sent",
 * ]);
 * await tracing.shutdown();
 * ```
 */
export function renderTrace(spans: readonly ReadableSpan[], options: RenderTraceOptions = {}): string {
  const drawing: Drawing = {
    attributes: options.attributes ?? true,
    masked: new Set(["exception.stacktrace", ...(options.mask ?? [])]),
    events: options.events ?? true,
    links: options.links ?? true,
    service: options.service ?? false,
    names: new Map(spans.map((span) => [span.spanContext().spanId, span.name])),
    lines: [],
  };
  for (const trees of buildTraces(spans)) {
    if (drawing.lines.length > 0) drawing.lines.push("");
    for (const tree of trees)
      drawNode(tree, "", "", drawing, tree.parent === "none" ? "" : ` (${tree.parent})`);
  }
  return drawing.lines.join("\n");
}

interface Drawing {
  readonly attributes: AttributeSelection;
  readonly masked: ReadonlySet<string>;
  readonly events: boolean;
  readonly links: boolean;
  readonly service: boolean;
  readonly names: ReadonlyMap<string, string>;
  readonly lines: string[];
}

function drawNode(node: TraceNode, first: string, rest: string, drawing: Drawing, note = ""): void {
  const { span, children } = node;
  drawing.lines.push(`${first}${spanLine(span, drawing, note)}`);
  const gutter = `${rest}${children.length > 0 ? "│" : " "}  `;
  if (drawing.events) {
    for (const event of span.events) {
      const attributes = formatAttributes(event.attributes, drawing.attributes, drawing.masked);
      drawing.lines.push(`${gutter}• ${escapeControls(event.name)}${attributes}`);
    }
  }
  if (drawing.links) {
    for (const link of span.links) {
      const target = drawing.names.get(link.context.spanId);
      const attributes = formatAttributes(link.attributes, drawing.attributes, drawing.masked);
      drawing.lines.push(
        `${gutter}→ ${target === undefined ? "(unknown span)" : escapeControls(target)}${attributes}`,
      );
    }
  }
  for (const [index, child] of children.entries()) {
    const last = index === children.length - 1;
    drawNode(child, `${rest}${last ? "└─ " : "├─ "}`, `${rest}${last ? "   " : "│  "}`, drawing);
  }
}

function spanLine(span: ReadableSpan, drawing: Drawing, note: string): string {
  const service = drawing.service
    ? `[${span.resource.attributes["service.name"] ?? "unknown service"}] `
    : "";
  const kind = span.kind === SpanKind.INTERNAL ? "" : ` ${SpanKind[span.kind] ?? span.kind}`;
  const attributes = formatAttributes(span.attributes, drawing.attributes, drawing.masked);
  return `${service}${escapeControls(span.name)}${kind}${statusText(span)}${note}${attributes}`;
}

function statusText(span: ReadableSpan): string {
  const { code, message } = span.status;
  if (code === SpanStatusCode.UNSET) return "";
  return ` ${SpanStatusCode[code]}${message === undefined || message === "" ? "" : ` ${JSON.stringify(message)}`}`;
}
