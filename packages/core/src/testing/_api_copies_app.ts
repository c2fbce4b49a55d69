/** Loads a second copy of the OpenTelemetry API, and in one order lets it register something first. */

import { createRequire } from "node:module";
import { initTracing, TracingConfigError } from "../mod.ts";

const copy = createRequire(import.meta.url)(process.env.API_COPY ?? "");
if (process.env.ORDER === "registered") copy.propagation.setGlobalPropagator({});
try {
  const tracing = initTracing({ serviceName: "t", exporter: "none" });
  process.stdout.write("started\n");
  await tracing.shutdown();
} catch (error) {
  process.stdout.write(error instanceof TracingConfigError ? error.message : String(error));
}
