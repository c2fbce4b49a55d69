/**
 * Options of the push by OTLP (http/protobuf). What is left out is read by the exporter from `OTEL_EXPORTER_OTLP_*`.
 *
 * @example Push to a collector
 * ```ts
 * import type { OtlpOptions } from "@dcmx-tracing/metrics";
 *
 * const options: OtlpOptions = { url: "http://127.0.0.1:4318/v1/metrics", intervalMs: 15_000 };
 * console.assert(options.temporality === undefined);
 * ```
 */
export interface OtlpOptions {
  /**
   * URL that is posted to, as it is.
   * @default "http://localhost:4318/v1/metrics"
   */
  readonly url?: string;
  /**
   * Headers of each request.
   * @default {}
   */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Time between two pushes in milliseconds.
   * @default 60000
   */
  readonly intervalMs?: number;
  /**
   * Longest time of one push in milliseconds.
   * @default 10000
   */
  readonly timeoutMs?: number;
  /**
   * Whether sums are totals since the start or since the last push.
   * @default "cumulative"
   */
  readonly temporality?: "cumulative" | "delta";
}
