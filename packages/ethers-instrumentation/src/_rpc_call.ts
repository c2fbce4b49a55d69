import {
  ATTR_ERROR_TYPE,
  ATTR_ETHERS_ERROR_CODE,
  ATTR_HTTP_REQUEST_RESEND_COUNT,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_JSONRPC_REQUEST_ID,
  ATTR_RPC_BATCH_SIZE,
  ATTR_RPC_QUEUE_DURATION_MS,
  ATTR_RPC_STATUS_CODE,
} from "@dcmx-tracing/conventions";
import { contextWithSpan } from "@dcmx-tracing/span/kernel";
import { type Attributes, type Context, type Span, trace } from "@opentelemetry/api";
import { isSuppressed, waitCounters } from "./_contexts.ts";
import { type ErrorInfo, errorInfo, nodePhrase, withHttpStatus } from "./_error_info.ts";
import { instruments } from "./_instruments.ts";
import { noteAnswer, sentTransaction } from "./_note_answer.ts";
import { olderEndAttributes } from "./_older_names.ts";
import {
  type MethodAttributes,
  methodAttributes,
  networkAttributes,
  type ProviderState,
} from "./_provider_state.ts";
import { closeOperation, openOperation } from "./_reaper.ts";
import { recordFailure } from "./_record_failure.ts";
import type { OpenOperation } from "./_registry.ts";
import { advise, guarded, reportOnce } from "./_report.ts";
import { revertAttributes } from "./_revert.ts";
import { requestAttributes, resultAttributes } from "./_rpc_attributes.ts";
import { beginSpan } from "./_tracer.ts";

/** A JSON-RPC error as the node sent it. */
export interface NodeError {
  readonly code: unknown;
  readonly message: unknown;
}

/** One JSON-RPC call, from `send` to its settlement. */
export interface RpcCall extends OpenOperation {
  readonly state: ProviderState;
  readonly method: string;
  readonly params: unknown;
  /** The copy that ethers gets in place of the parameters; the payload is found by it. */
  wireParams: unknown;
  attributes: MethodAttributes;
  readonly span: Span | undefined;
  /** The context of the caller. */
  readonly parent: Context;
  /** The same with the span of the call, if it has one. */
  readonly context: Context;
  settled: boolean;
  id: unknown;
  batchSize: number;
  sentAt: number | undefined;
  httpStatus: number | undefined;
  resends: number;
  nodeError: NodeError | undefined;
}

/** Starts the telemetry of a call that was made in the given context. */
export function startCall(state: ProviderState, method: string, params: unknown, parent: Context): RpcCall {
  const attributes = methodAttributes(state, method);
  if (method === "eth_chainId" && ++state.chainIdCalls === CHAIN_ID_CALLS) {
    advise("ethers asks for eth_chainId before most calls: the provider option staticNetwork avoids that");
  }
  const counters = waitCounters(parent);
  if (counters !== undefined) counters.rpcCalls++;
  const span = wantsSpan(state, method, parent)
    ? beginSpan(state.options, attributes.spanName, attributes.spanOptions, parent)
    : undefined;
  const call: RpcCall = {
    state,
    method,
    params,
    wireParams: params,
    attributes,
    span,
    parent,
    context: span === undefined ? parent : contextWithSpan(parent, span),
    startedAt: performance.now(),
    stuckAfterMs: state.options.stuckAfterMs,
    place: -1,
    reap: reapCall,
    settled: false,
    id: undefined,
    batchSize: 1,
    sentAt: undefined,
    httpStatus: undefined,
    resends: 0,
    nodeError: undefined,
  };
  attributes.active.value++;
  openOperation(call);
  if (span?.isRecording()) describeRequest(call, span);
  return call;
}

/** Calls after which it is worth telling that most of them could be avoided. */
const CHAIN_ID_CALLS = 100;

/** Ends the telemetry of a call that was answered. */
export function endCall(call: RpcCall, result: unknown): void {
  if (!settle(call)) return;
  const { span } = call;
  noteAnswer(call, result);
  if (span?.isRecording()) {
    span.setAttributes(endAttributes(call));
    span.setAttributes(resultAttributes(call.method, result));
    const { responseHook } = call.state.options;
    if (responseHook !== undefined) {
      guarded("responseHook threw", () => responseHook(span, call, result));
    }
  }
  recordDuration(call, call.attributes.metric);
  span?.end();
}

/** Ends the telemetry of a call that was rejected. */
export function failCall(call: RpcCall, error: unknown): void {
  if (!settle(call)) return;
  const info = callError(call, error);
  const failure: Attributes = { [ATTR_ERROR_TYPE]: info.type };
  if (info.ethersCode !== undefined) failure[ATTR_ETHERS_ERROR_CODE] = info.ethersCode;
  const status = nodeCode(call);
  if (status !== undefined) failure[ATTR_RPC_STATUS_CODE] = status;
  const { span } = call;
  if (span?.isRecording()) {
    call.httpStatus ??= info.httpStatus;
    span.setAttributes({
      ...endAttributes(call),
      ...failure,
      ...sentTransaction(call),
      ...revertAttributes(error),
    });
    recordFailure(span, error, info);
  }
  recordDuration(call, { ...call.attributes.metric, ...failure });
  span?.end();
}

/** Takes a call out of flight; false when it was out already. */
function settle(call: RpcCall): boolean {
  if (call.settled) return false;
  call.settled = true;
  call.attributes.active.value--;
  closeOperation(call);
  if (!call.attributes.chainKnown && call.state.chainId !== undefined) nameChain(call);
  return true;
}

/** ethers makes the first calls wait until it knows the chain; their spans have begun by then. */
function nameChain(call: RpcCall): void {
  call.attributes = methodAttributes(call.state, call.method);
  call.span?.setAttributes(networkAttributes(call.state));
}

/** Ends a call that will never settle, so that its span is exported at all. */
function reapCall(this: RpcCall): void {
  if (!settle(this)) return;
  const { span, state, attributes } = this;
  span?.setAttributes({ ...endAttributes(this), ...sentTransaction(this), [ATTR_ERROR_TYPE]: "_STUCK" });
  if (span !== undefined) recordFailure(span, undefined, STUCK);
  span?.end();
  instruments(state.options.meterProvider).stuck.add(1, attributes.metric);
}

const STUCK: ErrorInfo = {
  type: "_STUCK",
  ethersCode: undefined,
  httpStatus: undefined,
  message: "the call has not settled",
};

function wantsSpan(state: ProviderState, method: string, parent: Context): boolean {
  const { options } = state;
  if (!options.spans.rpc || options.spanless.has(method) || isSuppressed(parent)) return false;
  return !options.requireParentSpan || trace.getSpan(parent) !== undefined;
}

function describeRequest(call: RpcCall, span: Span): void {
  const { options } = call.state;
  if (options.captureParams) span.setAttributes(requestAttributes(call.method, call.params));
  const { requestHook } = options;
  if (requestHook !== undefined) guarded("requestHook threw", () => requestHook(span, call));
}

function endAttributes(call: RpcCall): Attributes {
  const attributes: Attributes = {};
  if (call.id !== undefined) attributes[ATTR_JSONRPC_REQUEST_ID] = String(call.id);
  if (call.batchSize > 1) attributes[ATTR_RPC_BATCH_SIZE] = call.batchSize;
  if (call.sentAt !== undefined) {
    attributes[ATTR_RPC_QUEUE_DURATION_MS] = Math.round((call.sentAt - call.startedAt) * 1000) / 1000;
  }
  if (call.attributes.older !== undefined) {
    Object.assign(attributes, olderEndAttributes(call.id, nodeCode(call)));
  }
  if (call.httpStatus !== undefined) attributes[ATTR_HTTP_RESPONSE_STATUS_CODE] = call.httpStatus;
  if (call.resends > 0) attributes[ATTR_HTTP_REQUEST_RESEND_COUNT] = call.resends;
  return attributes;
}

/** ethers folds most errors of a node into a few codes of its own; the node's code says more and wins. */
function callError(call: RpcCall, error: unknown): ErrorInfo {
  const info = withHttpStatus(errorInfo(error), call.httpStatus);
  const code = nodeCode(call);
  if (code === undefined) return info;
  return { ...info, type: code, message: nodePhrase(call.nodeError?.message, code) ?? info.message };
}

function nodeCode(call: RpcCall): string | undefined {
  if (call.nodeError === undefined) return undefined;
  const { code } = call.nodeError;
  // The code becomes a metric attribute, so a node must not be able to make up any number of them.
  const usual = typeof code === "number" && Number.isInteger(code) && code >= -33_000 && code <= 9999;
  return usual ? String(code) : "_OTHER";
}

function recordDuration(call: RpcCall, attributes: Attributes): void {
  try {
    const seconds = (performance.now() - call.startedAt) / 1000;
    const { duration, olderDuration } = instruments(call.state.options.meterProvider);
    duration.record(seconds, attributes, call.context);
    const { older } = call.attributes;
    if (older !== undefined) olderDuration.record(seconds * 1000, older, call.context);
  } catch (error) {
    reportOnce("metrics threw", error);
  }
}
