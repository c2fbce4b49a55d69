import type { RetryOptions } from "./pipeline_options.ts";

/** Retry settings with every default filled in. */
export type RetryPolicy = Required<RetryOptions>;

/**
 * @param options Given settings.
 * @returns The policy with defaults.
 * @throws {RangeError} When a value is out of range.
 */
export function retryPolicy(options: RetryOptions = {}): RetryPolicy {
  const { initialDelayMs = 500, maxDelayMs = 5_000, jitter = 0.2, maxAgeMs = 300_000 } = options;
  atLeast("retry.initialDelayMs", initialDelayMs, 1);
  atLeast("retry.maxDelayMs", maxDelayMs, initialDelayMs);
  atLeast("retry.maxAgeMs", maxAgeMs, 0);
  if (!(jitter >= 0 && jitter <= 1)) {
    throw new RangeError(
      `Cannot make a pipeline as 'retry.jitter' must be from 0 to 1: current value is ${jitter}`,
    );
  }
  return { initialDelayMs, maxDelayMs, jitter, maxAgeMs };
}

/** @throws {RangeError} When `value` is below `minimum` or no number. */
export function atLeast(name: string, value: number, minimum: number): void {
  if (value >= minimum) return;
  throw new RangeError(
    `Cannot make a pipeline as '${name}' must be a number of at least ${minimum}: current value is ${value}`,
  );
}

/**
 * The wait before the next attempt: exponential with jitter, and never shorter than the collector asked for.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp-throttling
 * @param policy The settings.
 * @param failures Failures in a row so far, from 1.
 * @param retryAfterMs What the collector asked for, if it did.
 * @param random A number from 0 to 1. Default: `Math.random()`.
 * @returns Milliseconds.
 */
export function backoffMs(
  policy: RetryPolicy,
  failures: number,
  retryAfterMs: number = 0,
  random: number = Math.random(),
): number {
  const full = Math.min(policy.maxDelayMs, policy.initialDelayMs * 2 ** (failures - 1));
  const wait = full * (1 - policy.jitter * random);
  // Waiting longer than spans are kept would make one absurd header lose them all.
  return Math.max(wait, Math.min(retryAfterMs, policy.maxAgeMs / 2));
}

/**
 * Reads a `Retry-After` header: seconds, or an HTTP date.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 * @param value The header.
 * @param now Milliseconds since the epoch. Default: `Date.now()`.
 * @returns Milliseconds to wait, 0 when the header is absent, past or unreadable.
 */
export function parseRetryAfter(value: string | undefined, now: number = Date.now()): number {
  if (value === undefined) return 0;
  const text = value.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // Date.parse takes bare numbers such as "-1" or "1.5" for years, so a date has to show its letters.
  const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
