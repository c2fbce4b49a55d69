import type { Environment } from "../config/_read_settings.ts";
import type { ResolvedConfig } from "../config/resolve_config.ts";
import type { ResourceDetectorName } from "../config/setting_values.ts";
import { SDK_INFO } from "../sdk/_sdk.ts";
import {
  containerFacts,
  type Facts,
  hostFacts,
  kubernetesFacts,
  newInstanceId,
  osFacts,
  processFacts,
} from "./_detectors.ts";

const DETECTORS: Readonly<
  Record<"host" | "os" | "process" | "container" | "kubernetes", (env: Environment) => Facts>
> = {
  host: hostFacts,
  os: osFacts,
  process: processFacts,
  container: () => containerFacts(),
  kubernetes: (env) => kubernetesFacts(env),
};

/**
 * The attributes of the resource: detected facts, then what the configuration says, which wins.
 *
 * @param config The resolved configuration.
 * @param env The variables, for the facts that Kubernetes puts there.
 */
export function resourceFacts(config: ResolvedConfig, env: Environment = process.env): Facts {
  const facts: Facts = {
    "telemetry.sdk.language": SDK_INFO["telemetry.sdk.language"],
    "telemetry.sdk.name": SDK_INFO["telemetry.sdk.name"],
    "telemetry.sdk.version": SDK_INFO["telemetry.sdk.version"],
    "telemetry.distro.name": "dcmx-tracing",
  };
  for (const [name, detect] of Object.entries(DETECTORS)) {
    if (wanted(config.resourceDetectors.value, name)) Object.assign(facts, detect(env));
  }
  Object.assign(facts, config.resourceAttributes.value);
  facts["service.name"] = config.serviceName.value;
  facts["service.instance.id"] = config.serviceInstanceId.value ?? newInstanceId();
  if (config.serviceVersion.value !== undefined) facts["service.version"] = config.serviceVersion.value;
  if (config.environment.value !== undefined) facts["deployment.environment.name"] = config.environment.value;
  return facts;
}

function wanted(names: readonly ResourceDetectorName[], name: string): boolean {
  if (names.includes("none")) return false;
  return names.includes("all") || names.some((item) => item === name);
}
