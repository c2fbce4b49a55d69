import { diag } from "@opentelemetry/api";

/** Causes that are remembered; beyond it, new causes are counted but no longer said. */
const MAX_CAUSES = 1_000;
const said = new Set<string>();

/** Sends one warning for each cause to the diagnostic logger of OpenTelemetry, however often it occurs. */
export function sayOnce(cause: string, message: string): void {
  if (said.has(cause) || said.size >= MAX_CAUSES) return;
  said.add(cause);
  diag.createComponentLogger({ namespace: "@dcmx-tracing/metrics" }).warn(message);
}

/** For tests and for a new set-up: causes may be said again. */
export function forgetSaid(): void {
  said.clear();
}
