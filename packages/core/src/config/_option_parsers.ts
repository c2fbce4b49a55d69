import type { Sampler, SpanExporter } from "@opentelemetry/sdk-trace-base";
import type { PipelineTarget } from "../pipeline/pipeline_options.ts";
import type { SamplingRule } from "../sampling/sampling_rule.ts";
import { isPlainObject } from "./_key_values.ts";
import { Invalid, notOneOf, type Parse, splitList } from "./_parsers.ts";
import type { ExporterChoice, ExporterName, SamplerName } from "./setting_values.ts";

/** The samplers that can be chosen by name. */
export const SAMPLERS: readonly SamplerName[] = [
  "parentbased_always_on",
  "parentbased_always_off",
  "parentbased_traceidratio",
  "always_on",
  "always_off",
  "traceidratio",
];

const EXPORTERS: readonly ExporterName[] = ["otlp", "console", "none"];

/** A sampler by name, or an object with `shouldSample`. */
export const sampler: Parse<SamplerName | Sampler> = (raw, kind) => {
  if (typeof raw === "string") {
    const word = kind === "env" ? raw.trim().toLowerCase() : raw;
    return SAMPLERS.find((name) => name === word) ?? notOneOf("sampling.sampler", word, SAMPLERS);
  }
  return hasMethod(raw, "shouldSample")
    ? // the method is all that the SDK asks of a sampler; toString is on every object
      (raw as unknown as Sampler)
    : new Invalid(
        "sampling.sampler",
        `must be a sampler or one of ${SAMPLERS.join(", ")}`,
        "Give a name or a sampler.",
      );
};

/** One exporter or a list of them. */
export const exporters: Parse<readonly ExporterChoice[]> = (raw, kind) => {
  const items = kind === "env" && typeof raw === "string" ? splitList(raw) : Array.isArray(raw) ? raw : [raw];
  const choices: ExporterChoice[] = [];
  for (const item of items) {
    const choice = exporterChoice(item, kind === "env");
    if (choice instanceof Invalid) return choice;
    if (!choices.includes(choice)) choices.push(choice);
  }
  if (choices.length > 1 && choices.includes("none")) {
    return new Invalid(
      "exporter.none",
      "must not join none with another exporter",
      "Leave none out, or use it alone.",
    );
  }
  return choices;
};

function exporterChoice(item: unknown, fromEnv: boolean): ExporterChoice | Invalid {
  if (typeof item === "string") {
    const word = fromEnv ? item.toLowerCase() : item;
    return EXPORTERS.find((name) => name === word) ?? notOneOf("exporter.unknown", word, EXPORTERS);
  }
  if (isPlainObject(item) && (item.kind === "otlp-http" || item.kind === "exporter")) return target(item);
  if (isExporter(item)) return item;
  return new Invalid(
    "exporter.unknown",
    `must be ${EXPORTERS.join(", ")}, a SpanExporter, a target with kind, or a list of these`,
    "Give one of them.",
  );
}

/** A target says where spans go; the pipeline checks the rest of it. */
function target(item: Readonly<Record<string, unknown>>): PipelineTarget | Invalid {
  if (item.kind === "otlp-http" ? typeof item.url === "string" : isExporter(item.exporter)) {
    return item as unknown as PipelineTarget;
  }
  const rule =
    item.kind === "otlp-http"
      ? 'must give a target of kind "otlp-http" a url'
      : 'must give a target of kind "exporter" an exporter, a SpanExporter';
  return new Invalid("exporter.target", rule, "Add it to the target.");
}

function isExporter(value: unknown): value is SpanExporter {
  return hasMethod(value, "export") && hasMethod(value, "shutdown");
}

/** Sampling rules: each with a `match` and a `rate`. */
export const samplingRules: Parse<readonly SamplingRule[]> = (raw) => {
  if (!Array.isArray(raw)) return new Invalid("sampling.rules", "must be a list of rules", "Give a list.");
  for (const [index, rule] of raw.entries()) {
    const problem = ruleProblem(rule);
    if (problem !== undefined) {
      return new Invalid(
        "sampling.rules",
        `${problem} (rule ${index})`,
        'Write { match: "health.*", rate: 0 }.',
      );
    }
  }
  return raw;
};

function ruleProblem(rule: unknown): string | undefined {
  if (!isPlainObject(rule)) return "must hold objects with match and rate";
  const { match, rate } = rule;
  if (typeof rate !== "number" || !(rate >= 0 && rate <= 1)) return "must give every rule a rate from 0 to 1";
  if (typeof match === "string" || match instanceof RegExp || typeof match === "function") return undefined;
  if (isPlainObject(match) && ("name" in match || "attributes" in match)) return undefined;
  return "must give every rule a match: a name, a regular expression, { name, attributes } or a function";
}

/** A host's object is only asked for the methods that will be called. */
export function hasMethod(value: unknown, name: string): boolean {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, name) === "function";
}
