import {
  ATTR_BLOCKCHAIN_CHAIN_ID,
  ATTR_ERROR_TYPE,
  ATTR_ETHERS_ERROR_CODE,
  ATTR_TX_CONFIRMATIONS_REQUIRED,
  ATTR_TX_GAS_LIMIT_RATIO,
  ATTR_TX_HASH,
  ATTR_TX_REPLACEMENT_HASH,
  ATTR_TX_REPLACEMENT_REASON,
  ATTR_TX_STATUS,
  ATTR_TX_WAIT_BLOCKS,
  ATTR_TX_WAIT_RPC_CALLS,
  ATTR_TX_WAIT_TIMEOUT_MS,
} from "@dcmx-tracing/conventions";
import { type Attributes, type Context, context, type Span, trace } from "@opentelemetry/api";
import { isSuppressed, suppress, type WaitCounters, withWaitCounters } from "./_contexts.ts";
import { isDropped, whenSighted } from "./_dropped.ts";
import { errorInfo, fieldsOf } from "./_error_info.ts";
import { instruments } from "./_instruments.ts";
import { networkAttributes, type ProviderState } from "./_provider_state.ts";
import { closeOperation, openOperation } from "./_reaper.ts";
import { bigintOf, type ReceiptFacts, receiptFacts } from "./_receipt.ts";
import { recordFailure } from "./_record_failure.ts";
import type { OpenOperation } from "./_registry.ts";
import { isHash } from "./_rpc_attributes.ts";
import { beginSpan } from "./_tracer.ts";
import { trackedTransaction, trackTransaction } from "./_tracked_transactions.ts";
import { countTransaction } from "./_transaction_metrics.ts";

/** What is waited for. */
export interface WaitRequest {
  readonly hash: string;
  /** The provider that waits. */
  readonly provider: unknown;
  /** Whether a node has given the transaction to the application: not for a bare hash. */
  readonly seen: boolean;
  readonly confirmations?: unknown;
  readonly timeout?: unknown;
  readonly gasLimit?: unknown;
}

/** One `wait()` from its call to its end. */
export interface Wait {
  readonly state: ProviderState;
  readonly request: WaitRequest;
  readonly span: Span | undefined;
  /** What everything that the wait starts runs in. */
  readonly context: Context;
  readonly counters: WaitCounters;
  readonly startedAt: number;
  readonly open: OpenOperation;
  settled: boolean;
}

/** Starts the telemetry of a wait. */
export function startWait(state: ProviderState, request: WaitRequest): Wait {
  const active = context.active();
  const seen = request.seen ? { seen: true } : {};
  trackTransaction(request.hash, seen, state.options.maxTrackedTransactions);
  const counters: WaitCounters = { rpcCalls: 0, blocks: new Set() };
  const startedAt = performance.now();
  const wanted = state.options.wait !== "off" && !isSuppressed(active);
  const span = wanted ? openSpan(state, request, active) : undefined;
  const inside = withWaitCounters(span === undefined ? active : trace.setSpan(active, span), counters);
  const wait: Wait = {
    state,
    request,
    span,
    context: state.options.wait === "spans" ? inside : suppress(inside),
    counters,
    startedAt,
    open: { place: -1, startedAt, stuckAfterMs: state.options.waitStuckAfterMs, reap: () => reapWait(wait) },
    settled: false,
  };
  openOperation(wait.open);
  instruments(state.options.meterProvider).txPending.add(1, chainAttributes(state));
  return wait;
}

/** Ends a wait that resolved; without a receipt nothing is known but that the transaction is not mined. */
export function endWait(wait: Wait, receipt: unknown): void {
  if (typeof receipt !== "object" || receipt === null) {
    const status = isDropped(wait.request.hash) ? "dropped" : "pending";
    if (status === "dropped") countTransaction(wait, status, undefined);
    finish(wait, { [ATTR_TX_STATUS]: status });
    return;
  }
  const facts = receiptFacts(receipt, trackedTransaction(wait.request.hash)?.l1Fee);
  const status = facts.status === 1 ? "success" : facts.status === 0 ? "reverted" : "unknown";
  countTransaction(wait, status, facts);
  finish(wait, { ...receiptAttributes(wait, facts), [ATTR_TX_STATUS]: status });
}

/** Ends a wait that was rejected, which a repriced transaction is as well although it succeeded. */
export function failWait(wait: Wait, error: unknown, revert: Attributes = {}): void {
  if (errorInfo(error).ethersCode !== "TIMEOUT") endRejected(wait, error, revert);
  else whenSighted(wait, (endedAt) => endRejected(wait, error, revert, endedAt));
}

function endRejected(wait: Wait, error: unknown, revert: Attributes, endedAt?: number): void {
  const info = errorInfo(error);
  const { receipt, reason, hash } = fieldsOf(Object(error));
  const status = outcomeOf(wait, info.ethersCode, reason, receipt);
  const known = typeof receipt === "object" && receipt !== null;
  const facts = known ? receiptFacts(receipt, trackedTransaction(wait.request.hash)?.l1Fee) : undefined;
  if (status !== undefined) countTransaction(wait, status, facts);
  const attributes: Attributes = { ...(facts && receiptAttributes(wait, facts)), ...revert };
  if (status !== undefined) attributes[ATTR_TX_STATUS] = status;
  if (info.ethersCode === "TRANSACTION_REPLACED") {
    if (isHash(hash)) attributes[ATTR_TX_REPLACEMENT_HASH] = hash;
    if (status !== undefined) attributes[ATTR_TX_REPLACEMENT_REASON] = status;
  }
  if (status !== "repriced") {
    attributes[ATTR_ERROR_TYPE] = info.type;
    if (info.ethersCode !== undefined) attributes[ATTR_ETHERS_ERROR_CODE] = info.ethersCode;
    if (wait.span !== undefined && !wait.settled) recordFailure(wait.span, error, info);
  }
  finish(wait, attributes, endedAt);
}

/** The state that an error of `wait` stands for; undefined when it says nothing about the transaction. */
function outcomeOf(
  { request }: Wait,
  code: string | undefined,
  reason: unknown,
  receipt: unknown,
): string | undefined {
  if (code === "CALL_EXCEPTION" && typeof receipt === "object" && receipt !== null) return "reverted";
  if (code === "TIMEOUT") return isDropped(request.hash) ? "dropped" : "timeout";
  if (code !== "TRANSACTION_REPLACED") return undefined;
  return reason === "repriced" || reason === "cancelled" ? reason : "replaced";
}

function openSpan(state: ProviderState, request: WaitRequest, active: Context): Span | undefined {
  const { confirmations, timeout, hash } = request;
  const attributes: Attributes = {
    ...networkAttributes(state),
    [ATTR_TX_HASH]: hash,
    [ATTR_TX_CONFIRMATIONS_REQUIRED]: typeof confirmations === "number" ? confirmations : 1,
  };
  if (typeof timeout === "number" && timeout > 0) attributes[ATTR_TX_WAIT_TIMEOUT_MS] = timeout;
  const sender = trackedTransaction(hash)?.span;
  const links = sender === undefined ? [] : [{ context: sender }];
  return beginSpan(state.options, "tx.wait", { attributes, links }, active);
}

function receiptAttributes(wait: Wait, facts: ReceiptFacts): Attributes {
  const limit = bigintOf(wait.request.gasLimit);
  if (facts.gasUsed === undefined || limit === undefined || limit === 0n) return facts.attributes;
  // Four digits are enough to see how close a transaction came to its limit.
  const ratio = Number((facts.gasUsed * 10_000n) / limit) / 10_000;
  return { ...facts.attributes, [ATTR_TX_GAS_LIMIT_RATIO]: ratio };
}

function finish(wait: Wait, attributes: Attributes, endedAt?: number): void {
  const { span, counters, state, open } = wait;
  if (wait.settled) return;
  wait.settled = true;
  closeOperation(open);
  instruments(state.options.meterProvider).txPending.add(-1, chainAttributes(state));
  span?.setAttributes({
    ...attributes,
    [ATTR_TX_WAIT_RPC_CALLS]: counters.rpcCalls,
    [ATTR_TX_WAIT_BLOCKS]: counters.blocks.size,
  });
  span?.end(endedAt);
}

/** A wait without a timeout may last for ever; its span must be exported nevertheless. */
function reapWait(wait: Wait): void {
  whenSighted(wait, () => {
    const status = isDropped(wait.request.hash) ? "dropped" : "pending";
    if (status === "dropped" && !wait.settled) countTransaction(wait, status, undefined);
    finish(wait, { [ATTR_TX_STATUS]: status, [ATTR_ERROR_TYPE]: "_STUCK" });
  });
}

function chainAttributes(state: ProviderState): Attributes {
  return state.chainId === undefined ? {} : { [ATTR_BLOCKCHAIN_CHAIN_ID]: state.chainId };
}
