/** Stable codes of what can be wrong with the set-up of metrics. */
export type MetricsSetupCode =
  | "already_active"
  | "provider_registered"
  | "option_invalid"
  | "port_in_use"
  | "listen_failed"
  | "package_missing"
  | "catalogue_invalid";

/**
 * The set-up of metrics cannot be done as asked. Thrown by set-up functions only: recording never throws.
 *
 * @example Tell what went wrong
 * ```ts
 * import { initMetrics, MetricsSetupError } from "@dcmx-tracing/metrics";
 *
 * const error: unknown = await initMetrics({ prometheus: { port: 70_000 } }).catch((reason) => reason);
 * console.assert(error instanceof MetricsSetupError && error.code === "option_invalid");
 * ```
 */
export class MetricsSetupError extends Error {
  override readonly name: string = "MetricsSetupError";
  /** Stable code of the cause. */
  readonly code: MetricsSetupCode;

  /**
   * @param code Stable code of the cause.
   * @param message Action, rule, current value and way out.
   * @param options The error behind it, as `cause`.
   */
  constructor(code: MetricsSetupCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
