import { findAttribute, findMetric } from "@dcmx-tracing/conventions";
import { isValidName } from "./_recorder.ts";
import type { MetricSpec } from "./define_metrics.ts";
import { prometheusName } from "./prometheus_name.ts";

const KINDS: ReadonlySet<string> = new Set(["counter", "updowncounter", "gauge", "histogram"]);

/** Everything that is wrong with a catalogue, one sentence each. */
export function catalogueProblems(entries: readonly (readonly [string, MetricSpec])[]): string[] {
  const problems: string[] = [];
  const owners = new Map<string, string>();
  const prometheusNames = new Map<string, string>();
  for (const [key, spec] of entries) {
    const say = (problem: string) => problems.push(`'${key}' ${problem}`);
    if (!KINDS.has(spec.instrument)) {
      say(
        `has no instrument of counter, updowncounter, gauge, histogram: current value is ${JSON.stringify(spec.instrument)}`,
      );
      continue;
    }
    for (const name of [spec.name, ...(spec.aliases ?? []).map((alias) => alias.name)]) {
      if (!isValidName(name)) {
        say(
          `has the name ${JSON.stringify(name)}, but a name starts with a letter and holds letters, digits, '_', '.', '-' and '/' only, at most 255`,
        );
      } else if (owners.has(name)) say(`has the name '${name}', which '${owners.get(name)}' has as well`);
      else owners.set(name, key);
      if (findMetric(name) !== undefined)
        say(`has the name '${name}', which the catalogue of this project has already`);
    }
    specProblems(spec, say);
    const name = prometheusName({
      name: String(spec.name),
      unit: spec.unit ?? "",
      instrument: spec.instrument,
    });
    const other = prometheusNames.get(name);
    if (other !== undefined) say(`becomes '${name}' for Prometheus, as '${other}' does`);
    prometheusNames.set(name, key);
  }
  return problems;
}

function specProblems(spec: MetricSpec, say: (problem: string) => void): void {
  const { buckets, aliases = [], attributes = [], unit = "" } = spec;
  if (!/^[\x21-\x7e]{0,63}$/.test(unit))
    say(`has the unit ${JSON.stringify(unit)}, but a unit has at most 63 ASCII characters`);
  if (buckets !== undefined) {
    if (spec.instrument !== "histogram") say("has buckets, which only a histogram takes");
    if (
      buckets.length === 0 ||
      buckets.some(
        (bound, i) => !Number.isFinite(bound) || bound <= (buckets[i - 1] ?? Number.NEGATIVE_INFINITY),
      )
    ) {
      say(`has the buckets ${JSON.stringify(buckets)}, but bounds are finite and ascending`);
    }
  }
  for (const { name, factor } of aliases) {
    if (!(factor > 0) || !Number.isFinite(factor))
      say(`has the alias '${name}' with the factor ${factor}, but a factor is above 0`);
  }
  for (const attribute of attributes) {
    const known = findAttribute(attribute);
    if (known?.cardinality === "high")
      say(`has the attribute '${attribute}', which makes a series for each value`);
    if (known !== undefined && known.sensitivity !== "public")
      say(`has the attribute '${attribute}', which is ${known.sensitivity}`);
  }
}
