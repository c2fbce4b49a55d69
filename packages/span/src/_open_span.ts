import {
  type SpanOptions as ApiOptions,
  type Context,
  type Span,
  type SpanContext,
  TraceFlags,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import { ContextWithSpan, SPAN_KEY } from "./_context_with_span.ts";
import { warnOnce } from "./_warn_once.ts";
import { plainAttributes } from "./plain_attributes.ts";
import { withSampleHint } from "./sample_hint.ts";
import type { SpanOptions } from "./span_options.ts";

/** Options of a span that has none. */
export const NO_OPTIONS: SpanOptions = Object.freeze({});

/** The span that a context holds. */
export function spanOf(context: Context): Span | undefined {
  // Only the API and this package's context write under this key, and both write spans.
  return context.getValue(SPAN_KEY) as Span | undefined;
}

/** The context of spans that was last found to be valid and unsampled: calls under one parent come in rows. */
let lastUnsampled: SpanContext | undefined;

/** Whether the span is a local one that is certainly not sampled, so that a parent-based child is not either. */
export function isUnsampledLocal(span: Span): boolean {
  if (span.isRecording()) return false;
  const context = span.spanContext();
  if (context === lastUnsampled) return true;
  const sampled = (context.traceFlags & TraceFlags.SAMPLED) !== 0;
  if (sampled || context.isRemote === true || !trace.isSpanContextValid(context)) return false;
  lastUnsampled = context;
  return true;
}

/**
 * Starts a span.
 *
 * @returns The span, or `undefined` if the SDK threw.
 */
export function openSpan(
  tracer: Tracer,
  name: string,
  options: SpanOptions,
  parent: Context,
): Span | undefined {
  try {
    return tracer.startSpan(name, apiOptions(options), withSampleHint(parent, options.sampleHint));
  } catch (error) {
    warnOnce("a span could not be started", error);
    return undefined;
  }
}

/**
 * The name under which a span is started.
 *
 * @param name The name that was asked for.
 * @param options The span's options.
 * @param parent The context of the parent.
 */
export function spanName(name: string, options: SpanOptions, parent: Context): string {
  if (options.naming !== "hierarchical" || options.root === true) return name;
  const above = parentName(parent);
  if (above === undefined || name === above || name.startsWith(`${above}.`)) return name;
  // Recursion would make the name longer with every call: it goes back to where the part stood before.
  const again = `.${above}.`.indexOf(`.${name}.`);
  return again === -1 ? `${above}.${name}` : above.slice(0, again + name.length);
}

function parentName(parent: Context): string | undefined {
  // SDK spans have a readable name; the API's type does not say so.
  const name =
    parent instanceof ContextWithSpan
      ? parent.name
      : (spanOf(parent) as { name?: unknown } | undefined)?.name;
  return typeof name === "string" && /^[A-Za-z_$#][\w$#.-]*$/.test(name) ? name : undefined;
}

/** The options as the API takes them; nothing at all if none is of interest to it, which is cheapest for the SDK. */
function apiOptions(options: SpanOptions): ApiOptions | undefined {
  const { attributes, kind, links, root } = options;
  if (attributes === undefined && kind === undefined && links === undefined && root === undefined)
    return undefined;
  const result: ApiOptions = {};
  if (attributes !== undefined) result.attributes = plainAttributes(attributes);
  if (kind !== undefined) result.kind = kind;
  if (links !== undefined) result.links = [...links];
  if (root !== undefined) result.root = root;
  return result;
}
