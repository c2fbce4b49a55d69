import { fileURLToPath } from "node:url";
import { inspectConfig, type ResolvedConfig } from "./config/resolve_config.ts";
import { TracingConfigError } from "./config/tracing_config_error.ts";
import { logger } from "./lifecycle/_diagnostics.ts";
import { installExitHandlers } from "./lifecycle/_exit_handlers.ts";
import { processState } from "./lifecycle/_process_state.ts";
import { reportApiCopies, setupProblems } from "./lifecycle/_setup_problems.ts";
import { installLogger } from "./lifecycle/_stderr_logger.ts";
import { disabledTracing } from "./sdk/_disabled_tracing.ts";
import { enableInstrumentations } from "./sdk/_enable_instrumentations.ts";
import { buildEngine } from "./sdk/_engine.ts";
import { registerGlobals } from "./sdk/_register_globals.ts";
import { publishMetrics } from "./sdk/_self_metrics.ts";
import { TracingHandle } from "./sdk/_tracing_handle.ts";
import type { Tracing } from "./tracing.ts";
import type { TracingOptions } from "./tracing_options.ts";

/**
 * Starts tracing in this process: provider, context, propagation, export and exit handling, in one call.
 *
 * Call it once, before the modules that are to be traced are loaded. Libraries do not call it; they use `startSpan`.
 *
 * @param options What differs from the variables and the defaults. Default: nothing.
 * @returns The handle: configuration, counters, flush and shutdown.
 * @throws {TracingConfigError} listing everything that is wrong; then nothing was started.
 *
 * @example Trace a piece of work and stop
 * ```ts
 * import { initTracing, startSpan } from "@dcmx-tracing/core";
 *
 * const tracing = initTracing({ serviceName: "dcmx", exporter: "none" });
 * startSpan("nft_minting_workflow", () => "minted");
 * const receipt = await tracing.shutdown();
 * if (receipt.ended !== 1) throw new Error("one span ended");
 * ```
 */
export function initTracing(options: TracingOptions = {}): Tracing {
  const { config, problems } = inspectConfig(options);
  // Turning tracing off must work while the rest of its configuration is broken: that may be the reason for it.
  if (config.disabled.value) return disabledTracing(config);
  problems.push(...setupProblems());
  if (problems.length > 0) throw new TracingConfigError(problems);
  const state = processState();
  const tracing = start(config, options, () => {
    if (state.current !== undefined) state.lastStats = state.current.stats();
    delete state.current;
    delete state.startedBy;
  });
  state.current = tracing;
  state.startedBy = fileURLToPath(import.meta.url);
  state.instrumented = (options.instrumentations ?? []).length > 0;
  return tracing;
}

function start(config: ResolvedConfig, options: TracingOptions, onEnd: () => void): Tracing {
  const engine = buildEngine(config, options);
  const undo: (() => void)[] = [];
  try {
    undo.push(installLogger(config.logLevel.value));
    undo.push(registerGlobals(engine.provider, config, options));
    undo.push(enableInstrumentations(options, engine.provider));
  } catch (error) {
    for (const step of undo.reverse()) step();
    for (const { pipeline } of engine.pipelines) pipeline.shutdown(0).catch(() => {});
    throw error;
  }
  for (const note of config.notes) logger()[note.level](`${note.message} [${note.code}]`);
  reportApiCopies();
  const tracing = new TracingHandle(config, engine, () => {
    for (const step of undo.reverse()) step();
    onEnd();
  });
  undo.push(publishMetrics(() => tracing.stats()));
  if (config.exitHandlers.value) undo.push(installExitHandlers(tracing.exitWork()));
  return tracing;
}
