import { createRequire, register } from "node:module";
import { pathToFileURL } from "node:url";
import { splitList } from "../config/_parsers.ts";
import { variable } from "../config/_read_settings.ts";
import { maskValue } from "../config/mask_value.ts";
import { type ConfigProblem, TracingConfigError } from "../config/tracing_config_error.ts";
import { loadOptional } from "../exporters/_optional_exporters.ts";
import { initTracing } from "../init_tracing.ts";
import type { TracingInstrumentation } from "../tracing_options.ts";
import { messageOf, warnOnce } from "./_diagnostics.ts";
import { processState } from "./_process_state.ts";

const VARIABLE = "DCMX_TRACING_INSTRUMENTATIONS";

/**
 * Starts tracing as the variables say, once in a process: `--import` and `--require` of the same preload, or an
 * `initTracing` that ran before, do not start it twice.
 *
 * @throws {TracingConfigError} When a variable is wrong, as a service without the tracing it asks for should not start.
 */
export function startFromEnvironment(): void {
  if (processState().current !== undefined) return;
  const packages = splitList(variable(process.env, VARIABLE) ?? "");
  if (packages.length > 0) registerEsmHooks();
  initTracing({ instrumentations: loadInstrumentations(packages) });
}

/** ES modules can be patched only through loader hooks, which the instrumentation package brings. */
function registerEsmHooks(): void {
  const state = processState();
  if (state.esmHooks === true) return;
  for (const from of [import.meta.url, pathToFileURL(`${process.cwd()}/package.json`).href]) {
    try {
      const hook = createRequire(from).resolve("@opentelemetry/instrumentation/hook.mjs");
      register(pathToFileURL(hook).href);
      state.esmHooks = true;
      return;
    } catch {
      // not installed beside this package: perhaps beside the application
    }
  }
  warnOnce("ES modules are not instrumented, as @opentelemetry/instrumentation is not installed");
}

function loadInstrumentations(packages: readonly string[]): TracingInstrumentation[] {
  const problems: ConfigProblem[] = [];
  const loaded = packages.flatMap((name) => {
    try {
      return instrumentationsOf(loadOptional(name));
    } catch (error) {
      problems.push(problem(name, messageOf(error)));
      return [];
    }
  });
  if (problems.length > 0) throw new TracingConfigError(problems);
  return loaded;
}

/** Every exported class named `...Instrumentation`, or the list that an auto-instrumentation package makes. */
function instrumentationsOf(exported: unknown): TracingInstrumentation[] {
  const entries = Object.entries(Object(exported));
  const auto = entries.find(([name]) => name === "getNodeAutoInstrumentations")?.[1];
  // By the convention of these packages the function answers with a list, and the classes take no argument.
  if (typeof auto === "function") return auto() as TracingInstrumentation[];
  const classes = entries.filter(
    ([name, value]) => /Instrumentation$/.test(name) && typeof value === "function",
  );
  if (classes.length === 0) throw new TypeError("it exports no class whose name ends with Instrumentation");
  return classes.map(([, value]) => Reflect.construct(value as new () => TracingInstrumentation, []));
}

function problem(name: string, message: string): ConfigProblem {
  return {
    code: "instrumentation.not_loaded",
    setting: "instrumentations",
    from: VARIABLE,
    value: maskValue(name),
    rule: `must name instrumentation packages that are installed (${message.split("\n")[0]})`,
    fix: `Run: npm install ${name}`,
  };
}
