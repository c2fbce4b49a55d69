import { randomFillSync } from "node:crypto";
import type { IdGenerator } from "@opentelemetry/sdk-trace-base";

const POOL_BYTES = 4096;
const TRACE_DIGITS = 32;
const SPAN_DIGITS = 16;

/**
 * Ids from the system's random generator, drawn in blocks: 4 KB of bytes become one hexadecimal text, and every id is
 * a slice of it. That costs a third of the SDK's generator and is not predictable.
 *
 * @returns A generator for a tracer provider.
 */
export function createIdGenerator(): IdGenerator {
  const bytes = Buffer.allocUnsafe(POOL_BYTES);
  let pool = "";
  let at = 0;
  const next = (digits: number): string => {
    if (at + digits > pool.length) {
      pool = randomFillSync(bytes).toString("hex");
      at = 0;
    }
    const id = pool.slice(at, at + digits);
    at += digits;
    // All zeros is the one invalid id; drawing it is as likely as guessing a key, and as easily avoided.
    return /[^0]/.test(id) ? id : next(digits);
  };
  return { generateTraceId: () => next(TRACE_DIGITS), generateSpanId: () => next(SPAN_DIGITS) };
}
