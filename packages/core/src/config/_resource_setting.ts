import { DEFINITIONS } from "./_definitions.ts";
import { makeSetting, type SettingMap } from "./_read_settings.ts";
import type { ConfigNote } from "./config_note.ts";
import type { Setting } from "./setting.ts";

/** Names that people use, and the semantic conventions' name for the same. */
const RENAMED: Readonly<Record<string, string>> = {
  environment: "deployment.environment.name",
  env: "deployment.environment.name",
  "deployment.environment": "deployment.environment.name",
  region: "cloud.region",
  service: "service.name",
  version: "service.version",
};

/** Settings of their own that a resource attribute also sets. */
const PROMOTED = [
  ["service.name", "serviceName"],
  ["service.version", "serviceVersion"],
  ["service.instance.id", "serviceInstanceId"],
  ["deployment.environment.name", "environment"],
] as const;

/**
 * Brings the resource attributes and the settings of the same meaning together: well-known short names are kept and
 * mapped to the standard ones as well, and `service.name` and its kin set the settings unless those are set.
 *
 * @param settings Changed in place.
 * @param notes Gets what was mapped or is missing.
 */
export function resolveResource(settings: SettingMap, notes: ConfigNote[]): void {
  const given = settings.resourceAttributes;
  const values: Record<string, string | number | boolean> = { ...given.value };
  for (const [key, standard] of Object.entries(RENAMED)) {
    const value = values[key];
    if (value === undefined || standard in values) continue;
    values[standard] = value;
    notes.push({
      code: "resource.renamed",
      level: "info",
      setting: "resourceAttributes",
      message: `${given.from} sets ${key}, which is kept and also set as ${standard}`,
    });
  }
  const { source, from, overridden } = given;
  settings.resourceAttributes = makeSetting(
    "resourceAttributes",
    DEFINITIONS.resourceAttributes,
    values,
    source,
    from,
    overridden,
  );
  for (const [attribute, name] of PROMOTED) promote(settings, attribute, name, values[attribute]);
  if (settings.serviceName.source === "default" && !settings.disabled.value) {
    notes.push({
      code: "resource.no_service_name",
      level: "warn",
      setting: "serviceName",
      message: `no service name is set, so the traces appear as ${settings.serviceName.value}: set serviceName or OTEL_SERVICE_NAME`,
    });
  }
}

function promote(
  settings: SettingMap,
  attribute: string,
  name: (typeof PROMOTED)[number][1],
  value: string | number | boolean | undefined,
): void {
  if (value === undefined) return;
  const attributes = settings.resourceAttributes;
  const current: Setting<string | undefined> = settings[name];
  // OTEL_SERVICE_NAME wins over service.name in OTEL_RESOURCE_ATTRIBUTES; an option wins over any variable.
  if (current.source === "option" || (current.source === "env" && attributes.source !== "option")) return;
  const from = `${attributes.from} (${attribute})`;
  const lost = current.source === "default" ? [] : [current.from];
  const promoted = makeSetting<string>(
    name,
    { ...DEFINITIONS.serviceName, default: "" },
    String(value),
    attributes.source,
    from,
    lost,
  );
  Object.assign(settings, { [name]: { ...promoted, default: current.default } });
}
