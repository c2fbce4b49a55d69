import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { type ApiCopy, apiCanUse, apiGlobals, loadedApiCopies } from "../lifecycle/_api_globals.ts";
import { processState } from "../lifecycle/_process_state.ts";
import { providerName } from "../lifecycle/_setup_problems.ts";
import type { TracingStats } from "../tracing.ts";
import { type Finding, finding, ok } from "./doctor_report.ts";

/** What can be known about a process from inside. Plain data, so that it can be handed to another process. */
export interface ProcessFacts {
  readonly node: string;
  readonly apiCopies: readonly ApiCopy[];
  /** Version of the API that registered first. */
  readonly apiRegistered: string | undefined;
  /** Class of the registered provider. */
  readonly provider: string | undefined;
  readonly contextManager: boolean;
  /** Whether hooks for ESM instrumentation were registered. */
  readonly esmHooks: boolean;
  /** Whether the main module of the process is an ES module, when that is known. */
  readonly esmMain: boolean | undefined;
  readonly stats: TracingStats | undefined;
  readonly instrumented: boolean;
}

/** Looks around in this process. */
export function gatherProcessFacts(): ProcessFacts {
  const globals = apiGlobals();
  const state = processState();
  const options = [...process.execArgv, process.env.NODE_OPTIONS ?? ""].join(" ");
  return {
    node: process.versions.node,
    apiCopies: loadedApiCopies(),
    apiRegistered: globals.version,
    provider: globals.trace === undefined ? undefined : providerName(globals.trace),
    contextManager: globals.context !== undefined,
    esmHooks: state.esmHooks === true || /import-in-the-middle|instrumentation\/hook/.test(options),
    esmMain: process.argv[1]?.endsWith(".mjs") ?? undefined,
    stats: state.current?.stats() ?? state.lastStats,
    instrumented: state.instrumented === true,
  };
}

/**
 * What the facts mean.
 *
 * @param facts Of this process or of another one.
 * @param other Whether they are of an application that was run, which should have tracing in it.
 */
export function processFindings(facts: ProcessFacts, other: boolean): Finding[] {
  const found = [nodeFinding(facts.node), ...apiFindings(facts), ...installedLineFindings()];
  if (facts.provider !== undefined && facts.stats === undefined) {
    const fix = "Remove the other set-up, or give it your processors instead of calling initTracing.";
    found.push(
      finding(
        other ? "error" : "warn",
        "process.foreign_provider",
        "a tracer provider that is not ours is registered",
        facts.provider,
        fix,
      ),
    );
  }
  if (other && facts.provider === undefined && facts.stats === undefined) {
    const fix = "Call initTracing() first, or run node with --import @dcmx-tracing/core/register.";
    found.push(
      finding(
        "error",
        "process.not_started",
        "the application never started tracing",
        "no tracer provider",
        fix,
      ),
    );
  }
  if (facts.provider !== undefined && !facts.contextManager) {
    const fix = "Let initTracing register one; without it every span is a root.";
    found.push(finding("error", "process.no_context_manager", "no context manager is registered", "", fix));
  }
  if (facts.instrumented && facts.esmMain === true && !facts.esmHooks) {
    const fix = "Run node with --import @dcmx-tracing/core/register; ES modules are patched only with hooks.";
    found.push(
      finding(
        "warn",
        "process.no_esm_hooks",
        "the application is an ES module and no loader hooks are registered",
        "",
        fix,
      ),
    );
  }
  return found;
}

function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) {
    return ok("process.node", `Node ${version} is supported`);
  }
  return finding(
    "error",
    "process.node_version",
    `Node ${version} is not supported`,
    version,
    "Use Node 20.19 or newer, or 22.12 or newer.",
  );
}

function apiFindings({ apiCopies, apiRegistered }: ProcessFacts): Finding[] {
  const list = apiCopies.map((copy) => `${copy.version} at ${copy.path}`).join(", ");
  if (apiCopies.length < 2)
    return apiCopies.length === 1
      ? [ok("process.api", "one copy of @opentelemetry/api is loaded", list)]
      : [];
  const reference = apiRegistered ?? apiCopies[0]?.version ?? "";
  const blind = apiCopies.filter((copy) => !apiCanUse(copy.version, reference));
  const fix = "Install one version: an override of @opentelemetry/api in package.json, then npm dedupe.";
  if (blind.length === 0) {
    return [
      finding(
        "info",
        "process.api_copies",
        "several copies of @opentelemetry/api are loaded and share one provider",
        list,
        "",
      ),
    ];
  }
  return [
    finding(
      "error",
      "process.api_copies_differ",
      "copies of @opentelemetry/api are loaded that cannot share a provider",
      list,
      fix,
    ),
  ];
}

// The SDK line that core is built on, and what must fit to it (the SDK 2.x wants an API below 1.10).
function installedLineFindings(): Finding[] {
  const installed = (name: string): string | undefined => installedVersion(name);
  const sdk = installed("@opentelemetry/sdk-trace-base");
  const found: Finding[] = [];
  if (sdk !== undefined && !sdk.startsWith("2.")) {
    const fix = "Install the 2.x line of the OpenTelemetry SDK packages beside @dcmx-tracing/core.";
    found.push(
      finding(
        "warn",
        "process.sdk_line",
        "the application has an OpenTelemetry SDK of another line",
        `@opentelemetry/sdk-trace-base ${sdk}`,
        fix,
      ),
    );
  }
  const api = installed("@opentelemetry/api");
  if (api !== undefined && !/^1\.9\./.test(api)) {
    found.push(
      finding(
        "error",
        "process.api_line",
        "the installed @opentelemetry/api does not fit to the SDK 2.x",
        api,
        "Run: npm install @opentelemetry/api@1.9",
      ),
    );
  }
  return found;
}

function installedVersion(name: string): string | undefined {
  try {
    const load = createRequire(pathToFileURL(`${process.cwd()}/package.json`));
    const entry = load.resolve(name);
    const at = entry.lastIndexOf(name.replace("/", entry.includes("\\") ? "\\" : "/"));
    const manifest: unknown = load(`${entry.slice(0, at + name.length)}/package.json`);
    const version: unknown = Reflect.get(Object(manifest), "version");
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined; // not installed where the doctor was called: nothing to compare
  }
}
