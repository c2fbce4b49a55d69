import type { TracingOptions } from "../tracing_options.ts";
import { DEFINITIONS } from "./_definitions.ts";
import { holdsSecret } from "./_holds_secret.ts";
import { isPlainObject } from "./_key_values.ts";
import { Invalid, type RawKind } from "./_parsers.ts";
import type { SettingDefinition } from "./_setting_definition.ts";
import { maskValue } from "./mask_value.ts";
import type { Setting, SettingSource } from "./setting.ts";
import type { SettingName, SettingValues } from "./setting_values.ts";
import type { ConfigProblem } from "./tracing_config_error.ts";

/** Variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings while they are put together. */
export type SettingMap = { [K in SettingName]: Setting<SettingValues[K]> };

/** The names of all settings, in the order of their definition. */
export const SETTING_NAMES: readonly SettingName[] =
  // Object.keys answers with string[], and the table's keys are exactly the setting names.
  Object.keys(DEFINITIONS) as SettingName[];

/**
 * Reads every setting from its strongest source.
 *
 * @param options The options of the call.
 * @param env The variables.
 * @param problems Gets what is wrong; the setting then stays at its default.
 */
export function readSettings(
  options: TracingOptions,
  env: Environment,
  problems: ConfigProblem[],
): SettingMap {
  const settings: Partial<Record<SettingName, Setting<unknown>>> = {};
  for (const name of SETTING_NAMES) {
    settings[name] = readSetting(
      name,
      DEFINITIONS[name] as SettingDefinition<unknown>,
      options,
      env,
      problems,
    );
  }
  // Every name was filled above from the definition of its own value type.
  return settings as SettingMap;
}

interface Candidate {
  readonly source: SettingSource;
  readonly from: string;
  readonly raw: unknown;
}

function readSetting(
  name: SettingName,
  definition: SettingDefinition<unknown>,
  options: TracingOptions,
  env: Environment,
  problems: ConfigProblem[],
): Setting<unknown> {
  const candidates = candidatesOf(name, definition, options, env);
  const [winner, ...rest] = candidates;
  const base = makeSetting(name, definition, definition.default, "default", "default", []);
  if (winner === undefined) return base;
  const kind: RawKind = winner.source === "option" ? "option" : "env";
  const value = definition.parse(winner.raw, kind);
  if (value instanceof Invalid) {
    problems.push(problemOf(name, winner.from, winner.raw, value, definition.secret));
    return base;
  }
  const overridden = rest.map((candidate) => candidate.from);
  const merged = name === "headers" ? mergeHeaders(definition, value, kind, rest) : value;
  return makeSetting(name, definition, merged, winner.source, winner.from, overridden);
}

/** The sources that are set, the strongest first. */
function candidatesOf(
  name: SettingName,
  definition: SettingDefinition<unknown>,
  options: TracingOptions,
  env: Environment,
): Candidate[] {
  const found: Candidate[] = [];
  const option = optionAt(options, name);
  if (option !== undefined) found.push({ source: "option", from: name, raw: option });
  for (const from of definition.env) pushVariable(found, "env", from, env);
  for (const from of definition.alias) pushVariable(found, "alias", from, env);
  return found;
}

function pushVariable(found: Candidate[], source: SettingSource, from: string, env: Environment): void {
  const raw = variable(env, from);
  if (raw !== undefined) found.push({ source, from, raw });
}

/**
 * A variable's text: trimmed, without the quotes that `docker --env-file` keeps; empty counts as unset, as the
 * specification has it.
 */
export function variable(env: Environment, name: string): string | undefined {
  const raw = env[name]?.trim();
  if (raw === undefined || raw === "") return undefined;
  const quoted = /^(["'])(.*)\1$/s.exec(raw);
  const inner = quoted === null ? raw : (quoted[2] ?? "").trim();
  return inner === "" ? undefined : inner;
}

function optionAt(options: TracingOptions, name: string): unknown {
  const [first = "", second] = name.split(".");
  const outer: unknown = Reflect.get(options, first);
  if (second === undefined) return outer;
  return isPlainObject(outer) ? outer[second] : undefined;
}

// The general headers also apply when there are headers for traces; the latter win by name (OTLP exporter spec).
function mergeHeaders(
  definition: SettingDefinition<unknown>,
  value: unknown,
  kind: RawKind,
  rest: readonly Candidate[],
): unknown {
  if (kind !== "env" || !isPlainObject(value)) return value;
  const general = rest
    .filter((candidate) => candidate.source === "env")
    .map((item) => definition.parse(item.raw, "env"));
  return Object.assign({}, ...general.filter((item) => isPlainObject(item)), value);
}

/** Builds a setting; a value that holds a secret is not enumerable, so that no printing of the whole shows it. */
export function makeSetting<T>(
  name: SettingName,
  definition: SettingDefinition<T>,
  value: T,
  source: SettingSource,
  from: string,
  overridden: readonly string[],
): Setting<T> {
  const { type, unit, secret } = definition;
  const facts = { name, source, from, default: definition.default, type, secret, overridden };
  const result = unit === undefined ? facts : { ...facts, unit };
  // defineProperty is what makes the result a Setting<T>; the type system cannot follow it.
  const enumerable = !secret && !holdsSecret(value);
  return Object.defineProperty(result, "value", { value, enumerable }) as Setting<T>;
}

/** The problem that stands for a refused value. */
export function problemOf(
  setting: string,
  from: string,
  raw: unknown,
  invalid: Invalid,
  secret = false,
): ConfigProblem {
  const { code, rule, fix, suggestion } = invalid;
  const problem = { code, setting, from, value: maskValue(raw, secret), rule, fix };
  return suggestion === undefined ? problem : { ...problem, suggestion };
}
