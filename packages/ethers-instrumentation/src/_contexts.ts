import { type Context, context, createContextKey, propagation, ROOT_CONTEXT } from "@opentelemetry/api";

// The SDK keeps this key in @opentelemetry/core. Context keys are registered symbols, so the same description is the
// same key, and the package needs no SDK to suppress the spans of other instrumentations below a poll.
const SUPPRESS_TRACING = createContextKey("OpenTelemetry SDK Context Key SUPPRESS_TRACING");
const BACKGROUND = createContextKey("@dcmx-tracing/ethers-instrumentation background");
const WAIT = createContextKey("@dcmx-tracing/ethers-instrumentation wait");

/** Counts what one `tx.wait` costs; lives in the context of everything the wait starts. */
export interface WaitCounters {
  rpcCalls: number;
  readonly blocks: Set<number>;
}

/** Whether spans are switched off in this context, by us or by anyone else. */
export function isSuppressed(ctx: Context): boolean {
  return ctx.getValue(SUPPRESS_TRACING) === true;
}

/** The context with spans switched off. */
export function suppress(ctx: Context): Context {
  return ctx.setValue(SUPPRESS_TRACING, true);
}

/** For requests to hosts that the application has not chosen: no spans below, no trace context and no baggage on the wire. */
export function withoutTrace(ctx: Context): Context {
  return suppress(propagation.deleteBaggage(ctx));
}

/** Whether the context is that of a poller or of the network bootstrap, which serve nobody in particular. */
export function isBackground(ctx: Context): boolean {
  return ctx.getValue(BACKGROUND) === true;
}

/** The context of pollers and of the bootstrap: no trace, and no spans unless `polling` is `root`. */
export function backgroundContext(polling: "suppress" | "root"): Context {
  return polling === "root" ? BACKGROUND_ROOT : BACKGROUND_SUPPRESSED;
}

const BACKGROUND_ROOT = ROOT_CONTEXT.setValue(BACKGROUND, true);
const BACKGROUND_SUPPRESSED = suppress(BACKGROUND_ROOT);

/** The counters of the `tx.wait` that this context belongs to. */
export function waitCounters(ctx: Context): WaitCounters | undefined {
  // Only withWaitCounters sets this key, to a value of this type.
  return ctx.getValue(WAIT) as WaitCounters | undefined;
}

/** The context of a `tx.wait`. */
export function withWaitCounters(ctx: Context, counters: WaitCounters): Context {
  return ctx.setValue(WAIT, counters);
}

/** Whether the active context belongs to ethers' own machinery: listeners registered here are not the application's. */
export function isInternal(): boolean {
  const active = context.active();
  return isBackground(active) || waitCounters(active) !== undefined;
}
