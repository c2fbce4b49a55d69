/**
 * Whether a trace falls into a share of all traces: the last 56 bits of its id are compared with a threshold.
 *
 * This is the rule of consistent probability sampling: every service that uses it with an equal or higher rate keeps
 * the same traces. Hexadecimal texts of equal length compare like numbers, so nothing is parsed.
 *
 * @param rate Share of traces to keep, from 0 to 1.
 * @returns A function from trace id to decision.
 * @see https://www.w3.org/TR/trace-context-2/#random-trace-id-flag
 * @see https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/
 */
export function ratioDecision(rate: number): (traceId: string) => boolean {
  if (rate >= 1) return () => true;
  if (rate <= 0) return () => false;
  const threshold = thresholdHex(rate);
  return (traceId) => traceId.slice(-DIGITS) >= threshold;
}

const DIGITS = 14;

function thresholdHex(rate: number): string {
  // 52 bits are exact in a number; the last hexadecimal digit is 0, which is finer than any rate that can be written.
  const threshold = Math.round((1 - rate) * 2 ** 52);
  return `${Math.min(threshold, 2 ** 52 - 1)
    .toString(16)
    .padStart(DIGITS - 1, "0")}0`;
}
