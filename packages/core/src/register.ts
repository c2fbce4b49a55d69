/**
 * Starts tracing before the application, configured by the environment alone.
 *
 * `node --import @dcmx-tracing/core/register app.js` for ES modules, `node --require @dcmx-tracing/core/register
 * app.js` for CommonJS. `DCMX_TRACING_INSTRUMENTATIONS` names the instrumentation packages to load, with commas.
 *
 * @example Preload tracing
 * ```ts ignore
 * // OTEL_SERVICE_NAME=dcmx DCMX_TRACING_INSTRUMENTATIONS=@opentelemetry/instrumentation-http \
 * //   node --import @dcmx-tracing/core/register app.js
 * import "@dcmx-tracing/core/register";
 * ```
 *
 * @module
 */

import { startFromEnvironment } from "./lifecycle/_start_from_environment.ts";

startFromEnvironment();
