/**
 * Options of the Prometheus page and of the port on which it is served.
 *
 * @example Serve the page inside of a container network, with a token
 * ```ts
 * import type { PrometheusOptions } from "@dcmx-tracing/metrics";
 *
 * const options: PrometheusOptions = { host: "0.0.0.0", port: 9464, authToken: "from-your-secret-store" };
 * console.assert(options.path === undefined);
 * ```
 */
export interface PrometheusOptions {
  /**
   * Whether a port of its own is opened; `false` when the page is mounted in a server of yours.
   * @default true
   */
  readonly listen?: boolean;
  /**
   * Address to bind. Other machines reach the page only when it is not a loopback address.
   * @default "127.0.0.1"
   */
  readonly host?: string;
  /**
   * Port to bind; 0 takes a free one, see `url` of the result.
   * @default 9464
   */
  readonly port?: number;
  /**
   * Path of the page on the port of its own.
   * @default "/metrics"
   */
  readonly path?: string;
  /**
   * Token that a client must send as `Authorization: Bearer <token>`.
   * @default undefined, no token is asked for
   */
  readonly authToken?: string;
  /**
   * Whether name and version of the instrumentation scope become the labels `otel_scope_name` and
   * `otel_scope_version`, as the specification asks for.
   * @default true
   */
  readonly scopeLabels?: boolean;
  /**
   * Whether the attributes of the resource are on the page as `target_info`.
   * @default true
   */
  readonly targetInfo?: boolean;
  /**
   * Whether two metrics with one Prometheus name make the page fail with status 500 and a text that names them, as
   * is useful in development. Otherwise they are merged, or the second is left out, counted and said once.
   * @default false
   */
  readonly strict?: boolean;
}
