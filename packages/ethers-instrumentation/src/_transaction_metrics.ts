import { ATTR_BLOCKCHAIN_CHAIN_ID, ATTR_CONTRACT_METHOD, ATTR_TX_STATUS } from "@dcmx-tracing/conventions";
import type { Attributes } from "@opentelemetry/api";
import { instruments } from "./_instruments.ts";
import { gwei, type ReceiptFacts } from "./_receipt.ts";
import { trackedTransaction, trackTransaction } from "./_tracked_transactions.ts";
import type { Wait } from "./_wait.ts";

/** Counts the state that a wait has found; a transaction that several waits see is counted once per final state. */
export function countTransaction(wait: Wait, status: string, facts: ReceiptFacts | undefined): void {
  const { state, request, context } = wait;
  const tracked = trackedTransaction(request.hash);
  if (tracked?.counted || (status === "dropped" && tracked?.countedDropped)) return;
  if (status !== "timeout") {
    // A transaction that was dropped may be sent again.
    const counted = status === "dropped" ? { countedDropped: true } : { counted: true };
    trackTransaction(request.hash, counted, state.options.maxTrackedTransactions);
  }
  const metrics = instruments(state.options.meterProvider);
  const chain: Attributes = state.chainId === undefined ? {} : { [ATTR_BLOCKCHAIN_CHAIN_ID]: state.chainId };
  const outcome: Attributes = { ...chain, [ATTR_TX_STATUS]: status };
  const called: Attributes =
    tracked?.method === undefined
      ? outcome
      : { ...outcome, [ATTR_CONTRACT_METHOD]: boundedMethod(tracked.method) };
  metrics.txCount.add(1, called, context);
  if (facts === undefined) return;
  const seconds = (performance.now() - (tracked?.sentAt ?? wait.startedAt)) / 1000;
  metrics.confirmation.record(seconds, outcome, context);
  if (facts.gasPrice !== undefined) metrics.gasPrice.record(gwei(facts.gasPrice), chain, context);
  if (facts.fee !== undefined) metrics.fee.record(gwei(facts.fee), called, context);
  if (facts.gasUsed === undefined) return;
  const gas = Number(facts.gasUsed);
  metrics.gasUsed.record(gas, called, context);
  for (const { match, metric } of state.options.gasMetrics) {
    // A pattern with the flag g would remember where it stopped.
    if (tracked?.method !== undefined && tracked.method.search(match) >= 0) {
      metrics.gasHistogram(metric).record(gas, outcome, context);
    }
  }
}

const methods = new Set<string>();

/**
 * An interface may be loaded at run time (explorers, routers), so that the number of method names has no bound of its
 * own; beyond a hundred they are one series.
 */
function boundedMethod(name: string): string {
  if (methods.has(name)) return name;
  if (methods.size >= MAX_METHODS) return "_OTHER";
  methods.add(name);
  return name;
}

const MAX_METHODS = 100;
