import { diag } from "@opentelemetry/api";
import { SCOPE_NAME } from "./_scope.ts";

const reported = new Set<string>();

/**
 * Tells OpenTelemetry's `diag` about trouble of the telemetry itself, once per cause, so that a broken hook in a
 * hot path cannot flood the log. The text of the error is left out: it may quote a URL with a key.
 */
export function reportOnce(cause: string, error?: unknown): void {
  if (reported.has(cause)) return;
  reported.add(cause);
  const kind = error instanceof Error ? ` (${error.name})` : "";
  diag.createComponentLogger({ namespace: SCOPE_NAME }).warn(`${cause}${kind}`);
}

/** Tells about something in the use of ethers that costs the application time or quota, once. */
export function advise(advice: string): void {
  if (reported.has(advice)) return;
  reported.add(advice);
  diag.createComponentLogger({ namespace: SCOPE_NAME }).info(advice);
}

/** Runs telemetry that must never reach the application: what it throws is reported instead. */
export function guarded<T>(cause: string, run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    reportOnce(cause, error);
    return undefined;
  }
}

/** For tests: forgets what was reported. */
export function forgetReports(): void {
  reported.clear();
}
