import type { Family, FamilyType, Member } from "./_page_model.ts";
import { prometheusName } from "./prometheus_name.ts";

/** A family with the type that its header names. */
export interface PlannedFamily {
  readonly family: Family;
  readonly type: FamilyType;
}

/** Called for a metric that shares its Prometheus name; `kept` says whether it stays on the page. */
export type CollisionListener = (member: Member, other: Member, kept: boolean) => void;

/**
 * Sorts metrics into families by their Prometheus names. Metrics of one name and type become one family; a metric
 * whose samples would be those of a family of another type is left out, as the specification asks for.
 */
export function planPage(
  members: Iterable<Member>,
  openMetrics: boolean,
  collided: CollisionListener,
): PlannedFamily[] {
  const families = new Map<string, Family>();
  const samples = new Map<string, Family>();
  for (const member of members) {
    const name = nameOf(member);
    const known = families.get(name);
    if (known !== undefined && known.type === member.type) {
      const first = known.members[0] as Member; // A family is made with its first member.
      if (first.name !== member.name) collided(member, first, true);
      known.members.push(member);
      continue;
    }
    const names = sampleNames(name, member.type);
    const clash = known ?? names.map((sample) => samples.get(sample)).find((family) => family !== undefined);
    if (clash !== undefined) {
      collided(member, clash.members[0] as Member, false); // A family is made with its first member.
      continue;
    }
    const family: Family = { name, type: member.type, unit: member.unit, members: [member] };
    families.set(name, family);
    for (const sample of names) samples.set(sample, family);
  }
  const taken = new Set(families.keys());
  return [...families.values()].map((family) => ({
    family,
    type: openMetrics ? openMetricsType(family, taken) : family.type,
  }));
}

const names = new WeakMap<object, string>();

function nameOf(member: Member): string {
  let name = names.get(member.cache.labels);
  if (name === undefined) {
    const { type, additive } = member;
    // An up-down counter is a gauge for Prometheus, but has no ratio.
    const instrument = type === "gauge" && additive ? "updowncounter" : type;
    name = prometheusName({ name: member.name, unit: member.unit, instrument });
    names.set(member.cache.labels, name);
  }
  return name;
}

function sampleNames(name: string, type: Family["type"]): string[] {
  return type === "histogram" ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
}

/**
 * OpenMetrics names the family of the counter `x_total` `x`, and that of `target_info` `target`. When `x` is another
 * family, the metric is written with its full name and without a type, so that the names of the series are the same
 * in both formats.
 *
 * @param taken Names of all families; the short names are added to it.
 */
function openMetricsType(family: Family, taken: Set<string>): FamilyType {
  const info = family.members[0]?.info === true;
  if (family.type !== "counter" && !info) return family.type;
  const shortName = family.name.slice(0, -(info ? "_info" : "_total").length);
  if (shortName === "" || taken.has(shortName)) return "unknown";
  taken.add(shortName);
  return info ? "info" : family.type;
}
