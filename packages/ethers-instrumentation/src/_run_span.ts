import { ATTR_ERROR_TYPE, ATTR_ETHERS_ERROR_CODE } from "@dcmx-tracing/conventions";
import { contextWithSpan } from "@dcmx-tracing/span/kernel";
import { type Attributes, type Context, context, type Link, type Span, SpanKind } from "@opentelemetry/api";
import { isSuppressed } from "./_contexts.ts";
import { type ErrorInfo, errorInfo, fieldsOf } from "./_error_info.ts";
import type { ProviderState } from "./_provider_state.ts";
import { recordFailure } from "./_record_failure.ts";
import { guarded } from "./_report.ts";
import { beginSpan } from "./_tracer.ts";

/** A piece of ethers' work that gets a span. */
export interface SpanRun {
  readonly state: ProviderState;
  readonly name: string;
  /** Whether there shall be a span at all; without one the work still runs and is still observed. */
  readonly enabled: boolean;
  readonly kind?: SpanKind;
  readonly attributes?: () => Attributes;
  readonly links?: readonly Link[];
  /** The context that the work starts from. @default the active one */
  readonly parent?: Context;
  /** Adds to the context that the work runs in. */
  readonly within?: (ctx: Context, span: Span | undefined) => Context;
  /** Called with the result, also without a span; its attributes go to the span. */
  readonly onResult?: (result: unknown, span: Span | undefined) => Attributes | undefined;
  /** Called with the error, also without a span. */
  readonly onError?: (error: unknown, info: ErrorInfo, span: Span | undefined) => Attributes | undefined;
}

/**
 * Runs a piece of work inside a span that ends with it, whether it is synchronous or returns a promise. The result and
 * the error reach the caller as they are; spans of the `span` package would record the error's message, which ethers
 * fills with URLs and signed transactions.
 */
export function runSpan(run: SpanRun, work: () => unknown): unknown {
  const begun = guarded("a span could not be started", () => begin(run));
  if (begun === undefined) return work();
  const { span, ctx } = begun;
  let outcome: unknown;
  try {
    outcome = context.with(ctx, work);
  } catch (error) {
    fail(run, span, error);
    throw error;
  }
  if (!isPromise(outcome)) {
    succeed(run, span, outcome);
    return outcome;
  }
  return outcome.then(
    (result) => {
      succeed(run, span, result);
      return result;
    },
    (error: unknown) => {
      fail(run, span, error);
      throw error;
    },
  );
}

function begin(run: SpanRun): { span: Span | undefined; ctx: Context } {
  const parent = run.parent ?? context.active();
  const { name, kind = SpanKind.INTERNAL, links = [], state } = run;
  const span =
    run.enabled && !isSuppressed(parent)
      ? beginSpan(
          state.options,
          name,
          { kind, links: [...links], attributes: run.attributes?.() ?? {} },
          parent,
        )
      : undefined;
  const ctx = span === undefined ? parent : contextWithSpan(parent, span);
  return { span, ctx: run.within?.(ctx, span) ?? ctx };
}

function succeed(run: SpanRun, span: Span | undefined, result: unknown): void {
  const attributes = guarded("the result of a call could not be described", () =>
    run.onResult?.(result, span),
  );
  guarded("a span could not be ended", () => {
    if (attributes !== undefined) span?.setAttributes(attributes);
    span?.end();
  });
}

function fail(run: SpanRun, span: Span | undefined, error: unknown): void {
  guarded("an error could not be described", () => describeError(run, span, error));
  guarded("a span could not be ended", () => span?.end());
}

function describeError(run: SpanRun, span: Span | undefined, error: unknown): void {
  const info = errorInfo(error);
  const attributes = run.onError?.(error, info, span);
  if (span === undefined) return;
  span.setAttribute(ATTR_ERROR_TYPE, info.type);
  if (info.ethersCode !== undefined) span.setAttribute(ATTR_ETHERS_ERROR_CODE, info.ethersCode);
  if (attributes !== undefined) span.setAttributes(attributes);
  recordFailure(span, error, info);
}

/** Whether a value can be awaited. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && typeof fieldsOf(value).then === "function";
}
