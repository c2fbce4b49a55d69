import { diag } from "@opentelemetry/api";

const warned = new Set<string>();

/**
 * Says once per cause, on OpenTelemetry's diag channel, that telemetry lost something. Never throws.
 *
 * @param cause A constant that names what went wrong; only the first call with it is heard.
 * @param error What was caught, if anything.
 */
export function warnOnce(cause: string, error?: unknown): void {
  if (warned.has(cause)) return;
  warned.add(cause);
  try {
    diag.warn(`@dcmx-tracing/span: ${cause}`, ...(error instanceof Error ? [error.message] : []));
  } catch {
    // A diag logger that throws must not reach the host, and there is nobody left to tell.
  }
}

/** Makes every cause heard again: for tests, which share the process. */
export function forgetWarnings(): void {
  warned.clear();
}
