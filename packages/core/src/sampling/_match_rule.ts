import type { Attributes } from "@opentelemetry/api";
import { ratioDecision } from "./_ratio.ts";
import type { SamplingRule } from "./sampling_rule.ts";

/** A rule made ready for use. */
export interface CompiledRule {
  /** Name in the counters. */
  readonly name: string;
  matches(spanName: string, attributes: Attributes): boolean;
  keeps(traceId: string): boolean;
}

/**
 * Prepares sampling rules.
 *
 * @param rules Rules that passed validation.
 */
export function compileRules(rules: readonly SamplingRule[]): CompiledRule[] {
  return rules.map((rule, index) => ({
    name: rule.name ?? ruleName(rule, index),
    matches: matcher(rule.match),
    keeps: ratioDecision(rule.rate),
  }));
}

function ruleName(rule: SamplingRule, index: number): string {
  if (typeof rule.match === "string") return rule.match;
  const name = rule.match instanceof RegExp || typeof rule.match === "function" ? undefined : rule.match.name;
  return typeof name === "string" ? name : `rule-${index}`;
}

function matcher(match: SamplingRule["match"]): CompiledRule["matches"] {
  if (typeof match === "function") return match;
  if (typeof match === "string" || match instanceof RegExp) {
    const test = textTest(match);
    return (spanName) => test(spanName);
  }
  const nameTest = match.name === undefined ? () => true : textTest(match.name);
  const attributeTests = Object.entries(match.attributes ?? {}).map(
    ([key, wanted]) => [key, valueTest(wanted)] as const,
  );
  return (spanName, attributes) =>
    nameTest(spanName) && attributeTests.every(([key, test]) => test(attributes[key]));
}

function textTest(pattern: string | RegExp): (text: string) => boolean {
  if (pattern instanceof RegExp) {
    // A sticky or global expression remembers where it stopped, and would match every other time.
    const expression = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ""));
    return (text) => expression.test(text);
  }
  if (!pattern.includes("*")) return (text) => text === pattern;
  const source = pattern
    .split("*")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  const expression = new RegExp(`^${source}$`, "s");
  return (text) => expression.test(text);
}

function valueTest(wanted: unknown): (value: unknown) => boolean {
  if (wanted instanceof RegExp) {
    const test = textTest(wanted);
    return (value) => typeof value === "string" && test(value);
  }
  if (Array.isArray(wanted)) {
    const text = JSON.stringify(wanted);
    return (value) => Array.isArray(value) && JSON.stringify(value) === text;
  }
  return (value) => value === wanted;
}
