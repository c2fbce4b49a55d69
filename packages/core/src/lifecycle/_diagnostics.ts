import { type DiagLogger, diag } from "@opentelemetry/api";

const said = new Set<string>();
const MOST_CAUSES = 200;

/** The logger of this package. */
export function logger(): DiagLogger {
  return diag.createComponentLogger({ namespace: "@dcmx-tracing/core" });
}

/**
 * Warns once for each cause.
 *
 * @param cause What happened; the same text is said once in the life of the process.
 * @param error What was thrown, if anything was.
 */
export function warnOnce(cause: string, error?: unknown): void {
  if (said.has(cause) || said.size >= MOST_CAUSES) return;
  said.add(cause);
  logger().warn(error === undefined ? cause : `${cause}: ${messageOf(error)}`);
}

/** The message of anything that can be thrown. */
export function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return "an error that cannot be printed"; // a thrown object without a working toString
  }
}
