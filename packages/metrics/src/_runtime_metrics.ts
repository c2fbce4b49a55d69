import process from "node:process";
import {
  ATTR_PROCESS_CPU_STATE,
  findMetric,
  METRIC_PROCESS_CPU_TIME,
  METRIC_PROCESS_MEMORY_USAGE,
  METRIC_PROCESS_UPTIME,
} from "@dcmx-tracing/conventions";
import type { MeterProvider } from "@opentelemetry/api";
import { SCOPE } from "./_recorder.ts";
import { MetricsSetupError } from "./metrics_setup_error.ts";

const PACKAGE = "@opentelemetry/instrumentation-runtime-node";

/**
 * Starts the metrics of the process: event loop, heap and garbage collection by the package of OpenTelemetry, CPU,
 * memory and uptime from `process`.
 *
 * @returns A function that stops them.
 * @throws {MetricsSetupError} `package_missing`.
 */
export async function startRuntimeMetrics(provider: MeterProvider): Promise<() => void> {
  const { RuntimeNodeInstrumentation } = await import("@opentelemetry/instrumentation-runtime-node").catch(
    (error: unknown) => {
      throw new MetricsSetupError(
        "package_missing",
        `Cannot set up 'runtimeMetrics' as the package ${PACKAGE} cannot be loaded: npm install ${PACKAGE}`,
        { cause: error },
      );
    },
  );
  const instrumentation = new RuntimeNodeInstrumentation({ enabled: false });
  instrumentation.setMeterProvider(provider);
  instrumentation.enable();
  observeProcess(provider);
  return () => instrumentation.disable();
}

function observeProcess(provider: MeterProvider): void {
  const meter = provider.getMeter(SCOPE.name);
  const options = (name: string) => {
    const { unit = "", description = "" } = findMetric(name)?.metric ?? {};
    return { unit, description };
  };
  meter
    .createObservableCounter(METRIC_PROCESS_CPU_TIME, options(METRIC_PROCESS_CPU_TIME))
    .addCallback((result) => {
      const { user, system } = process.cpuUsage();
      result.observe(user / 1e6, { [ATTR_PROCESS_CPU_STATE]: "user" });
      result.observe(system / 1e6, { [ATTR_PROCESS_CPU_STATE]: "system" });
    });
  meter
    .createObservableUpDownCounter(METRIC_PROCESS_MEMORY_USAGE, options(METRIC_PROCESS_MEMORY_USAGE))
    .addCallback((result) => result.observe(process.memoryUsage.rss()));
  meter
    .createObservableGauge(METRIC_PROCESS_UPTIME, options(METRIC_PROCESS_UPTIME))
    .addCallback((result) => result.observe(process.uptime()));
}
