import type { SpanContext } from "@opentelemetry/api";
import { registry } from "./_registry.ts";
import type { ErrorDecoder } from "./_revert.ts";

/** What is remembered of a transaction between its sending and its receipt. */
export interface TrackedTransaction {
  /** The span that sent it. */
  span?: SpanContext | undefined;
  /** When it was sent, by `performance.now()`. */
  sentAt?: number;
  /** Name of the contract method it calls. */
  method?: string;
  /** Interface of the contract it calls, to name the error it reverts with. */
  decoder?: ErrorDecoder;
  /** Fee of the rollup's base layer in wei, which ethers drops from the receipt. */
  l1Fee?: bigint;
  /** Whether its final state was counted. */
  counted?: boolean;
  /** Whether a node has shown it, or given it to the application. */
  seen?: boolean;
  /** Whether the node that was asked last did not know it any more. */
  missing?: boolean;
  /** Whether it was counted as dropped; it may still be sent again and mined. */
  countedDropped?: boolean;
}

/** Remembers facts about a transaction; the oldest one is forgotten beyond the limit. */
export function trackTransaction(hash: string, facts: TrackedTransaction, limit: number): void {
  const { transactions } = registry();
  const key = hash.toLowerCase();
  const known = transactions.get(key);
  if (known !== undefined) {
    Object.assign(known, facts);
    return;
  }
  transactions.set(key, { ...facts });
  if (transactions.size <= limit) return;
  const [oldest] = transactions.keys();
  if (oldest !== undefined) transactions.delete(oldest);
}

/** What is remembered of a transaction. */
export function trackedTransaction(hash: string): TrackedTransaction | undefined {
  return registry().transactions.get(hash.toLowerCase());
}
