import { didYouMean } from "./_did_you_mean.ts";
import { isPlainObject } from "./_key_values.ts";
import { hasMethod } from "./_option_parsers.ts";
import { SETTING_NAMES } from "./_read_settings.ts";
import { maskValue } from "./mask_value.ts";
import type { ConfigProblem } from "./tracing_config_error.ts";

/** Options that are objects of the caller's and not settings with sources, with what they must be. */
const OBJECTS: Readonly<Record<string, { rule: string; fits: (value: unknown) => boolean }>> = {
  instrumentations: { rule: "must be a list of instrumentations", fits: Array.isArray },
  spanProcessors: { rule: "must be a list of span processors", fits: isListOfProcessors },
  wrapExporter: { rule: "must be a function from exporter to exporter", fits: isFunction },
  loggerProvider: { rule: "must be a LoggerProvider", fits: has("getLogger") },
  propagator: { rule: "must be a TextMapPropagator", fits: has("inject", "extract", "fields") },
  wrapPropagator: { rule: "must be a function from propagator to propagator", fits: isFunction },
  contextManager: {
    rule: "must be a ContextManager",
    fits: has("active", "with", "bind", "enable", "disable"),
  },
  idGenerator: { rule: "must be an IdGenerator", fits: has("generateTraceId", "generateSpanId") },
};

/**
 * What is wrong with the shape of the options: names that do not exist, groups that are no objects, objects that
 * cannot be what they should be.
 *
 * @param options The options as given; plain JavaScript may give anything.
 */
export function optionShapeProblems(options: unknown): ConfigProblem[] {
  if (!isPlainObject(options)) {
    return [shapeProblem("options", options, "must be an object", "Give an object, or nothing.")];
  }
  const problems: ConfigProblem[] = [];
  const groups = groupsOf();
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const members = groups.get(name);
    const object = OBJECTS[name];
    if (members !== undefined) problems.push(...groupProblems(name, value, members));
    else if (object !== undefined && !object.fits(value)) {
      problems.push(shapeProblem(name, value, object.rule, "Correct the type."));
    } else if (object === undefined && !SETTING_NAMES.some((known) => known === name)) {
      problems.push(unknown(name, value, [...SETTING_NAMES, ...groups.keys(), ...Object.keys(OBJECTS)]));
    }
  }
  return problems;
}

function groupsOf(): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const name of SETTING_NAMES) {
    const [group = "", member] = name.split(".");
    if (member !== undefined) groups.set(group, [...(groups.get(group) ?? []), member]);
  }
  return groups;
}

function groupProblems(group: string, value: unknown, members: string[]): ConfigProblem[] {
  if (!isPlainObject(value)) {
    return [shapeProblem(group, value, `must be an object of ${members.join(", ")}`, "Give an object.")];
  }
  return Object.keys(value)
    .filter((member) => !members.includes(member))
    .map((member) =>
      unknown(
        `${group}.${member}`,
        value[member],
        members.map((known) => `${group}.${known}`),
      ),
    );
}

function unknown(name: string, value: unknown, candidates: string[]): ConfigProblem {
  const problem = shapeProblem(
    name,
    value,
    "is not an option",
    "Remove it or correct its name.",
    "option.unknown",
    true,
  );
  const suggestion = didYouMean(name, candidates);
  return suggestion === undefined ? problem : { ...problem, suggestion };
}

function shapeProblem(
  setting: string,
  value: unknown,
  rule: string,
  fix: string,
  code = "option.type",
  secret = false,
): ConfigProblem {
  return { code, setting, from: setting, value: maskValue(value, secret), rule, fix };
}

function isFunction(value: unknown): boolean {
  return typeof value === "function";
}

/** Whether a value has these methods: what lacks one would fail at the first span, or leave tracing half-started. */
function has(...methods: string[]): (value: unknown) => boolean {
  return (value) => methods.every((method) => hasMethod(value, method));
}

function isListOfProcessors(value: unknown): boolean {
  return Array.isArray(value) && value.every(has("onStart", "onEnd", "forceFlush", "shutdown"));
}
