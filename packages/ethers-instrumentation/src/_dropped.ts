import { ATTR_TX_HASH, ATTR_TX_STATUS } from "@dcmx-tracing/conventions";
import { context, type Span } from "@opentelemetry/api";
import { backgroundContext } from "./_contexts.ts";
import { fieldsOf } from "./_error_info.ts";
import { guarded } from "./_report.ts";
import { isHash } from "./_rpc_attributes.ts";
import { trackedTransaction } from "./_tracked_transactions.ts";
import type { Wait } from "./_wait.ts";
import { withinBound } from "./_within_bound.ts";

/**
 * Takes note of what a node says when it is asked for a transaction: one that it knew and does not know any more was
 * dropped from its pool, or another transaction has used its nonce.
 *
 * @param span The span of the question, if it has one.
 */
export function noteSighting(hash: unknown, answer: unknown, span: Span | undefined): void {
  const tracked = isHash(hash) ? trackedTransaction(hash) : undefined;
  if (tracked === undefined) return;
  if (typeof answer === "object" && answer !== null) {
    tracked.seen = true;
    tracked.missing = false;
    return;
  }
  // Another node behind the same endpoint may not have heard of a transaction that was just sent.
  const known = tracked.seen === true || tracked.sentAt !== undefined;
  if (answer !== null || !known) return;
  tracked.missing = true;
  if (tracked.seen && isHash(hash))
    span?.setAttributes({ [ATTR_TX_HASH]: hash, [ATTR_TX_STATUS]: "dropped" });
}

/** Whether a transaction has vanished, as far as the answers tell that have come by. */
export function isDropped(hash: string): boolean {
  return trackedTransaction(hash)?.missing === true;
}

/**
 * Goes on when it is known whether the transaction of a wait still exists. By default that is at once: `wait` of ethers
 * itself asks for a transaction whose nonce is due or was used. With `lookUpDropped` the node is asked, outside of every trace and for
 * two seconds at most; the application does not wait for it.
 *
 * @param goOn Called with the end of the wait, if that has passed meanwhile.
 */
export function whenSighted(wait: Wait, goOn: (endedAt?: number) => void): void {
  const { request, state } = wait;
  const { getTransaction } = fieldsOf(Object(request.provider));
  if (!state.options.lookUpDropped || isDropped(request.hash) || typeof getTransaction !== "function") {
    goOn();
    return;
  }
  const endedAt = Date.now();
  const asked = context.with(
    backgroundContext("suppress"),
    async (): Promise<unknown> => Reflect.apply(getTransaction, request.provider, [request.hash]),
  );
  void withinBound(asked).then((answer) => {
    // Providers without JSON-RPC have no answers that could come by.
    noteSighting(request.hash, answer, undefined);
    guarded("a wait could not be ended", () => goOn(endedAt));
  });
}
