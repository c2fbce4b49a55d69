import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_RESEND_COUNT,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_RPC_BATCH_SIZE,
  ATTR_RPC_STATUS_CODE,
} from "@dcmx-tracing/conventions";
import {
  type Context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from "@opentelemetry/api";
import { backgroundContext } from "./_contexts.ts";
import { errorInfo, fieldsOf, nodePhrase, withHttpStatus } from "./_error_info.ts";
import { instruments } from "./_instruments.ts";
import { olderSpanAttributes } from "./_older_names.ts";
import { networkAttributes, type ProviderState, sharedAttributes } from "./_provider_state.ts";
import { recordFailure } from "./_record_failure.ts";
import { registry } from "./_registry.ts";
import type { NodeError, RpcCall } from "./_rpc_call.ts";
import { beginSpan } from "./_tracer.ts";

/** A request to the node in the making: one call or a batch of calls. */
export interface Transport {
  readonly state: ProviderState;
  /** The call behind each payload; undefined where ethers itself asks. */
  readonly calls: readonly (RpcCall | undefined)[];
  /** The batch span, if there is one. */
  readonly batch: Span | undefined;
  /** What the request runs in; its span is the parent of the node's spans. */
  readonly context: Context;
  attempts: number;
  httpStatus: number | undefined;
  /** Whether the chain was known when the request began. */
  readonly chainKnown: boolean;
}

/** A JSON-RPC call as ethers writes it. */
export interface Payload {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: unknown;
}

/** Begins a request: finds the calls behind its payloads and opens the batch span. */
export function openTransport(state: ProviderState, payload: unknown): Transport {
  const now = performance.now();
  // ethers passes one payload or a list of them.
  const given = payload as Payload | readonly Payload[];
  if (!isList(given)) return transportOf(state, [callBehind(state, given, 1, now)], now);
  return transportOf(
    state,
    given.map((item) => callBehind(state, item, given.length, now)),
    now,
  );
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

function callBehind(state: ProviderState, payload: Payload, size: number, now: number): RpcCall | undefined {
  const call = takeCall(state, payload);
  if (call === undefined) return undefined;
  call.id = payload.id;
  call.batchSize = size;
  call.sentAt = now;
  return call;
}

function transportOf(state: ProviderState, calls: readonly (RpcCall | undefined)[], now: number): Transport {
  const size = calls.length;
  const main = size === 1 ? calls[0] : leadingCall(calls);
  const batch = size > 1 && main?.span !== undefined ? openBatch(state, calls, main) : undefined;
  recordSending(state, calls, now);
  const base = main?.context ?? calls.find((call) => call !== undefined)?.context;
  const context = requestContext(state, base, batch);
  return {
    state,
    calls,
    batch,
    context,
    attempts: 0,
    httpStatus: undefined,
    chainKnown: state.chainId !== undefined,
  };
}

/** Ends a request that was answered, whatever the answers say. */
export function closeTransport(transport: Transport, results: unknown): void {
  const answers: readonly unknown[] = Array.isArray(results) ? results : [];
  if (answers.some(hasError)) settleWithErrors(transport, answers);
  else for (const call of transport.calls) settleCall(transport, call, undefined);
  endBatch(transport);
}

function settleWithErrors(transport: Transport, answers: readonly unknown[]): void {
  const errors = new Map<unknown, NodeError | undefined>();
  let refusal: NodeError | undefined;
  for (const answer of answers) {
    const error = nodeError(answer);
    const { id } = fieldsOf(Object(answer));
    // A node that refuses the whole request answers with one error and no id; ethers then misses every answer.
    if (error !== undefined && (id === null || id === undefined)) refusal = error;
    else errors.set(id, error);
  }
  for (const call of transport.calls) {
    settleCall(transport, call, errors.has(call?.id) ? errors.get(call?.id) : refusal);
  }
  if (transport.batch !== undefined && refusal !== undefined) refuseBatch(transport.batch, refusal);
}

/** Ends a request that failed as a whole. */
export function failTransport(transport: Transport, error: unknown): void {
  for (const call of transport.calls) settleCall(transport, call, undefined);
  const { batch } = transport;
  if (batch !== undefined) {
    const info = withHttpStatus(errorInfo(error), transport.httpStatus);
    batch.setAttribute(ATTR_ERROR_TYPE, info.type);
    batch.setStatus({ code: SpanStatusCode.ERROR, message: info.message });
  }
  endBatch(transport);
}

/** The call behind a payload; undefined for a payload that did not come through `send`. */
function takeCall(state: ProviderState, payload: Payload): RpcCall | undefined {
  const { params, method } = payload ?? {};
  if (typeof params === "object" && params !== null) {
    return registry().calls.take(params);
  }
  // Calls without parameters have no identity; ethers keeps them in order.
  const index = state.unkeyed.findIndex((call) => call.method === method);
  return index < 0 ? undefined : state.unkeyed.splice(index, 1)[0];
}

/** The call whose trace a batch joins: the first sampled one, else the first that has a span. */
function leadingCall(calls: readonly (RpcCall | undefined)[]): RpcCall | undefined {
  let first: RpcCall | undefined;
  for (const call of calls) {
    if (call?.span === undefined) continue;
    if (call.span.spanContext().traceFlags & TraceFlags.SAMPLED) return call;
    first ??= call;
  }
  return first;
}

function openBatch(
  state: ProviderState,
  calls: readonly (RpcCall | undefined)[],
  main: RpcCall,
): Span | undefined {
  if (!state.options.spans.batch) return undefined;
  // A batch beside the calls of a trace; below a call that is itself a root, so that no sampler decides anew.
  const parent =
    main.parent === undefined || trace.getSpan(main.parent) === undefined ? main.context : main.parent;
  const spans = calls.flatMap((call) => (call?.span === undefined ? [] : [call.span]));
  const batch = beginSpan(
    state.options,
    "jsonrpc.batch",
    {
      kind: SpanKind.CLIENT,
      attributes: {
        ...sharedAttributes(state),
        ...networkAttributes(state),
        [ATTR_RPC_BATCH_SIZE]: calls.length,
        ...(state.options.semconv === "dup" ? olderSpanAttributes(undefined) : {}),
      },
      links: spans.map((span) => ({ context: span.spanContext() })),
    },
    parent,
  );
  if (batch === undefined) return undefined;
  for (const span of spans) span.addLink?.({ context: batch.spanContext() });
  return batch;
}

/** Without a call of the application the request belongs to ethers itself: no trace and no spans. */
function requestContext(state: ProviderState, base: Context | undefined, batch: Span | undefined): Context {
  if (base === undefined) return backgroundContext(state.options.polling);
  const ctx = batch === undefined ? base : trace.setSpan(base, batch);
  return propagation.getBaggage(ctx) === undefined ? ctx : propagation.deleteBaggage(ctx);
}

function recordSending(state: ProviderState, calls: readonly (RpcCall | undefined)[], now: number): void {
  // Without batching nothing waits in ethers' queue, and a second measurement would double the cost of a call.
  if (!state.batches) return;
  const { batchSize, queueDuration } = instruments(state.options.meterProvider);
  if (calls.length > 1) batchSize.record(calls.length, sharedAttributes(state));
  let oldest = now;
  for (const call of calls) if (call !== undefined && call.startedAt < oldest) oldest = call.startedAt;
  queueDuration.record((now - oldest) / 1000, sharedAttributes(state));
}

function nodeError(answer: unknown): NodeError | undefined {
  if (typeof answer !== "object" || answer === null) return undefined;
  const { error } = fieldsOf(answer);
  if (typeof error !== "object" || error === null) return undefined;
  const { code, message } = fieldsOf(error);
  return { code, message };
}

function hasError(answer: unknown): boolean {
  return nodeError(answer) !== undefined;
}

function settleCall(transport: Transport, call: RpcCall | undefined, error: NodeError | undefined): void {
  if (call === undefined) return;
  call.httpStatus = transport.httpStatus;
  call.resends = Math.max(0, transport.attempts - 1);
  call.nodeError = error;
  if (error !== undefined && isRateLimit(error)) {
    instruments(call.state.options.meterProvider).rateLimited.add(1, call.attributes.metric);
  }
}

/** -32005 is "limit exceeded" of EIP-1474; some nodes only say it in words. */
function isRateLimit({ code, message }: NodeError): boolean {
  if (code === -32005 || code === 429) return true;
  const phrase = nodePhrase(message, undefined);
  return phrase === "rate limit" || phrase === "too many requests";
}

function refuseBatch(batch: Span, { code, message }: NodeError): void {
  const status = typeof code === "number" ? String(code) : "_OTHER";
  batch.setAttributes({ [ATTR_RPC_STATUS_CODE]: status, [ATTR_ERROR_TYPE]: status });
  recordFailure(batch, undefined, {
    type: status,
    ethersCode: undefined,
    httpStatus: undefined,
    message: nodePhrase(message, status) ?? "the node refused the batch",
  });
}

function endBatch({ batch, httpStatus, attempts, state, chainKnown }: Transport): void {
  if (batch === undefined) return;
  if (!chainKnown && state.chainId !== undefined) batch.setAttributes(networkAttributes(state));
  if (httpStatus !== undefined) batch.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, httpStatus);
  if (attempts > 1) batch.setAttribute(ATTR_HTTP_REQUEST_RESEND_COUNT, attempts - 1);
  batch.end();
}
