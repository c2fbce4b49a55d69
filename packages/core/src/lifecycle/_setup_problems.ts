import type { ConfigProblem } from "../config/tracing_config_error.ts";
import { apiCanUse, apiGlobals, loadedApiCopies } from "./_api_globals.ts";
import { logger } from "./_diagnostics.ts";
import { processState } from "./_process_state.ts";

/** What in the process stands in the way of a start: tracing that runs already, a foreign provider, another API. */
export function setupProblems(): ConfigProblem[] {
  const { current, startedBy } = processState();
  if (current !== undefined) {
    return [
      problem(
        "setup.already_started",
        "initTracing",
        `started by ${startedBy ?? "an earlier call"}`,
        "can be called once while tracing runs",
        "Use the handle of the first call, or await its shutdown() first.",
      ),
    ];
  }
  const foreign = apiGlobals().trace;
  return foreign === undefined ? [] : [foreignProvider(foreign)];
}

/** The API refuses every registration when the first one of the process came from another version of it. */
export function apiVersionProblem(): ConfigProblem {
  const copies = loadedApiCopies();
  return problem(
    "setup.api_version",
    "@opentelemetry/api",
    copies.map((copy) => `${copy.version} at ${copy.path}`).join(", "),
    `must be one version in a process; ${apiGlobals().version ?? "an unknown version"} registered first`,
    "Install one version, for example with an override in package.json, or load tracing before everything else.",
  );
}

function foreignProvider(registered: object): ConfigProblem {
  const name = providerName(registered);
  return problem(
    "setup.foreign_provider",
    "TracerProvider",
    name,
    "must not be registered already",
    "Remove the other set-up (an APM agent, NodeSDK, --require or --import), or keep it and give it your processors.",
  );
}

/** The class of the registered provider, behind the API's proxy. */
export function providerName(registered: object): string {
  const getDelegate: unknown = Reflect.get(registered, "getDelegate");
  const provider: unknown = typeof getDelegate === "function" ? getDelegate.call(registered) : registered;
  return (typeof provider === "object" && provider?.constructor?.name) || "unknown";
}

/** Says which copies of the API are loaded beside the one in use, and whether they can see the provider. */
export function reportApiCopies(): void {
  const registered = apiGlobals().version;
  const copies = loadedApiCopies();
  if (copies.length < 2 || registered === undefined) return;
  const blind = copies.filter((copy) => !apiCanUse(copy.version, registered));
  const list = copies.map((copy) => `${copy.version} at ${copy.path}`).join(", ");
  if (blind.length === 0) {
    logger().info(`${copies.length} copies of @opentelemetry/api are loaded and share one provider: ${list}`);
    return;
  }
  const lost = blind.map((copy) => copy.path).join(", ");
  logger().warn(
    `spans made through ${lost} are lost, as its version is newer than ${registered}, which registered the provider. Loaded copies of @opentelemetry/api: ${list}`,
  );
}

function problem(code: string, setting: string, value: string, rule: string, fix: string): ConfigProblem {
  return { code, setting, from: setting, value, rule, fix };
}
