import { type HrTime, SpanKind, SpanStatusCode } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { attributeFilter, detailLines, type ShowsAttribute } from "./_details.ts";
import { formatMillis, millisBetween } from "./_duration.ts";
import { createPalette, type Palette } from "./_palette.ts";
import { buildRows, type Row } from "./_rows.ts";
import { fit, pad, plain, widthOf } from "./_text.ts";

/** Options of {@linkcode renderWaterfall}. */
export interface WaterfallOptions {
  /** The columns of a line, 40 or more. @default 100 */
  readonly width?: number;
  /** Paints with ANSI colours. @default false */
  readonly color?: boolean;
  /**
   * Which attributes of spans are shown: all, none, or those with these keys; a key may end in `*`.
   *
   * @default what matters of transactions (`tx.hash`, `tx.block_number`, `tx.gas_used`, `tx.status`, `tx.revert.*`,
   * `tx.replacement.*`), `error.type`, and the DCMX domain: `nft.*`, `artist.*` and so on
   */
  readonly attributes?: boolean | readonly string[];
  /** Shows the events of spans. Exceptions are shown as errors in any case. @default true */
  readonly events?: boolean;
}

const DEFAULT_ATTRIBUTES: readonly string[] = [
  "artist.*",
  "badge.*",
  "distribution.*",
  "error.type",
  "marketplace.*",
  "nft.*",
  "proof.*",
  "royalty.*",
  "tx.block_number",
  "tx.gas_used",
  "tx.hash",
  "tx.replacement.*",
  "tx.revert.*",
  "tx.status",
  "verification.*",
  "wallet.*",
  "watermark.*",
];
const MIN_WIDTH = 40;

/**
 * Draws finished spans as waterfalls, one a trace: a headline, then a line for each span with its place in the tree,
 * a bar scaled to the trace, its duration, its kind and its status; below it the attributes that matter, errors and
 * events. Text of spans cannot move the cursor: control characters are shown as escapes.
 *
 * It is for people. For tests use `renderTrace` of `@dcmx-tracing/testing`, which has neither ids nor times.
 *
 * @param spans Finished spans of one or several traces, in any order.
 * @param options What is drawn, and how wide.
 * @returns The drawing, without a line break at its end; the empty string for no spans.
 * @throws RangeError if the width is not a whole number of 40 or more.
 *
 * @example Draw the spans of a test
 * ```ts
 * import { createTestTracing } from "@dcmx-tracing/testing";
 * import { renderWaterfall } from "@dcmx-tracing/viewer";
 * import { expect } from "vitest";
 *
 * const tracing = createTestTracing();
 * const span = tracing.tracer().startSpan("tx.wait", { startTime: [1, 0] });
 * span.setAttributes({ "tx.gas_used": 21000, "tx.status": "success" });
 * span.end([1, 250_000_000]);
 *
 * const drawing = renderWaterfall(tracing.spans());
 * expect(drawing).toContain("1 span · 250 ms");
 * expect(drawing.split("\n").at(-1)).toBe("  tx.gas_used=21000  tx.status=success");
 * await tracing.shutdown();
 * ```
 */
export function renderWaterfall(spans: readonly ReadableSpan[], options: WaterfallOptions = {}): string {
  const drawing: Drawing = {
    width: checkedWidth(options.width ?? 100),
    palette: createPalette(options.color ?? false),
    shows: attributeFilter(options.attributes ?? DEFAULT_ATTRIBUTES),
    events: options.events ?? true,
  };
  const traces = new Map<string, ReadableSpan[]>();
  for (const span of spans) {
    const { traceId } = span.spanContext();
    const trace = traces.get(traceId);
    if (trace === undefined) traces.set(traceId, [span]);
    else trace.push(span);
  }
  return [...traces.values()].map((trace) => drawTrace(trace, drawing)).join("\n\n");
}

interface Drawing {
  readonly width: number;
  readonly palette: Palette;
  readonly shows: ShowsAttribute;
  readonly events: boolean;
}

interface Frame {
  readonly start: HrTime;
  readonly total: number;
  readonly nameWidth: number;
  readonly barWidth: number;
  readonly tailWidth: number;
}

const DURATION_WIDTH = 9;

function checkedWidth(width: number): number {
  if (Number.isInteger(width) && width >= MIN_WIDTH) return width;
  throw new RangeError(
    `Cannot draw a waterfall as 'width' must be a whole number of ${MIN_WIDTH} or more: current value is ${width}`,
  );
}

function drawTrace(spans: readonly ReadableSpan[], drawing: Drawing): string {
  const { palette, width } = drawing;
  const rows = buildRows(spans);
  const frame = measure(rows, width);
  const lines = headline(spans, frame, drawing);
  for (const row of rows) {
    lines.push(spanLine(row, frame, palette));
    const columns = Math.max(MIN_WIDTH / 2, width - widthOf(row.gutter));
    lines.push(...detailLines(row.span, columns, drawing).map((line) => palette.dim(row.gutter) + line));
  }
  return lines.join("\n");
}

function headline(spans: readonly ReadableSpan[], frame: Frame, { palette, width }: Drawing): string[] {
  const services = new Set(
    spans.map((span) => String(span.resource.attributes["service.name"] ?? "unknown_service")),
  );
  const errors = spans.filter(({ status }) => status.code === SpanStatusCode.ERROR).length;
  const facts = [
    [...services].map(plain).join(", "),
    `${spans.length} ${spans.length === 1 ? "span" : "spans"}`,
    ...(errors === 0 ? [] : [`${errors} ${errors === 1 ? "error" : "errors"}`]),
    formatMillis(frame.total),
  ].join(" · ");
  const id = `trace ${spans[0]?.spanContext().traceId}`;
  const oneLine = `${id} · ${facts}`;
  const lines = widthOf(oneLine) <= width ? [oneLine] : [id, fit(facts, width)];
  return lines.map(palette.bold);
}

function measure(rows: readonly Row[], width: number): Frame {
  let start: HrTime = rows[0]?.span.startTime ?? [0, 0];
  let end = start;
  for (const { span } of rows) {
    if (millisBetween(span.startTime, start) > 0) start = span.startTime;
    if (millisBetween(end, span.endTime) > 0) end = span.endTime;
  }
  const tailWidth = Math.max(...rows.map(({ span }) => tail(span).length));
  const free = width - DURATION_WIDTH - (tailWidth > 0 ? tailWidth + 2 : 0) - 2;
  const longest = Math.max(...rows.map((row) => widthOf(row.branch + plain(row.span.name))));
  const nameWidth = Math.max(1, Math.min(longest, Math.floor(free * 0.62)));
  return {
    start,
    total: millisBetween(start, end),
    nameWidth,
    barWidth: Math.max(1, free - nameWidth),
    tailWidth,
  };
}

function spanLine({ span, branch }: Row, frame: Frame, palette: Palette): string {
  const failed = span.status.code === SpanStatusCode.ERROR;
  const paint = failed ? palette.red : palette.green;
  const name = pad(plain(span.name), Math.max(1, frame.nameWidth - widthOf(branch)));
  const before = fit(branch, Math.max(0, frame.nameWidth - 1));
  const duration = formatMillis(millisBetween(span.startTime, span.endTime)).padStart(DURATION_WIDTH);
  const end = tail(span) === "" ? "" : `  ${failed ? palette.red(tail(span)) : palette.dim(tail(span))}`;
  return `${palette.dim(before)}${failed ? palette.red(name) : name} ${paint(bar(span, frame))} ${duration}${end}`;
}

function bar(span: ReadableSpan, { start, total, barWidth }: Frame): string {
  const scale = total > 0 ? barWidth / total : 0;
  const from = Math.min(barWidth - 1, Math.floor(millisBetween(start, span.startTime) * scale));
  const wanted = Math.round(millisBetween(span.startTime, span.endTime) * scale);
  const length = total > 0 ? Math.min(barWidth - from, Math.max(1, wanted)) : barWidth;
  return " ".repeat(from) + "█".repeat(length) + " ".repeat(barWidth - from - length);
}

/** Kind and status, when they say more than the default. */
function tail(span: ReadableSpan): string {
  const parts: string[] = span.kind === SpanKind.INTERNAL ? [] : [SpanKind[span.kind] ?? String(span.kind)];
  if (span.status.code !== SpanStatusCode.UNSET) parts.push(SpanStatusCode[span.status.code]);
  return parts.join(" ");
}
