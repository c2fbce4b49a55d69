import { copies } from "./_copies.ts";

/**
 * Ends every span that still waits for the consumer of its result: an iterator, a stream, a Response, a thenable. Such
 * a span ends with the time of the last step, and has the attribute `dcmx.span.abandoned`. For the shutdown of
 * tracing: afterwards those spans could not be exported any more. Not for a flush in between: their consumers may be
 * at work.
 *
 * @returns How many there were.
 *
 * @example Before the exporter is shut down
 * ```ts
 * import { startSpan } from "@dcmx-tracing/span";
 * import { endWaitingCalls } from "@dcmx-tracing/span/kernel";
 *
 * startSpan("royalties.stream", function* () {
 *   yield 1;
 * });
 * console.assert(endWaitingCalls() === 0); // without an SDK nothing waits
 * ```
 */
export function endWaitingCalls(): number {
  let count = 0;
  for (const copy of copies()) count += copy.giveAll();
  return count;
}
