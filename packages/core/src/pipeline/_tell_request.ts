import { warnOnce } from "../lifecycle/_diagnostics.ts";
import type { Outcome } from "./_read_answer.ts";
import type { PipelineOptions } from "./pipeline_options.ts";

/**
 * Tells a listener how long a request took and what went wrong. It never throws.
 *
 * @param listener The listener, if there is one.
 * @param sentAt When the request began, on the clock of `performance.now()`.
 * @param outcome What became of the request.
 */
export function tellRequest(listener: PipelineOptions["onRequest"], sentAt: number, outcome: Outcome): void {
  if (listener === undefined) return;
  try {
    listener((performance.now() - sentAt) / 1000, errorTypeOf(outcome));
  } catch (error) {
    warnOnce("onRequest of a pipeline threw", error);
  }
}

/** A status, a code of the network, or a reason of a loss: `error.type` is an attribute of a metric, so tens of them. */
function errorTypeOf(outcome: Outcome): string | undefined {
  if (outcome.kind === "accepted") return outcome.rejected > 0 ? "partial" : undefined;
  if (outcome.kind === "retry") return outcome.status?.toString() ?? outcome.code ?? "unavailable";
  // A page that answers 200 and is no collector is told by its reason, or it would look like a success.
  return outcome.reason === "rejected" ? (outcome.status?.toString() ?? outcome.reason) : outcome.reason;
}
