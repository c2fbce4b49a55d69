import {
  ATTR_DCMX_METRIC_NAME,
  ATTR_DCMX_REFUSAL_REASON,
  findMetric,
  METRIC_DCMX_METRICS_COLLISIONS,
  METRIC_DCMX_METRICS_LABELS_DROPPED,
  METRIC_DCMX_METRICS_OVERFLOW,
  METRIC_DCMX_METRICS_REFUSED,
} from "@dcmx-tracing/conventions";
import type { Attributes } from "@opentelemetry/api";
import { type Instrument, NumberInstrument, type Scope } from "./_instrument.ts";
import { LabelWriter } from "./_label_writer.ts";
import type { Member, MemberCache, NumberPoint } from "./_page_model.ts";
import { SCOPE } from "./_recorder.ts";
import type { SelfCounts } from "./_self_counts.ts";

/** Labels that the page writes itself. */
const RESERVED: ReadonlySet<string> = new Set([
  "otel_scope_name",
  "otel_scope_version",
  "otel_scope_schema_url",
]);
const RESERVED_BY_HISTOGRAM: ReadonlySet<string> = new Set([...RESERVED, "le"]);

/** A cache for the series of one metric, with the labels that are known already. */
export function newMemberCache(labels: LabelWriter): MemberCache {
  return { labels, prefixes: [], braced: [] };
}

/** A writer for the labels of one metric. */
export function newLabelWriter(histogram: boolean): LabelWriter {
  return new LabelWriter(histogram ? RESERVED_BY_HISTOGRAM : RESERVED);
}

/** Makes members of the instruments of a store, with a cache that stays with each instrument. */
export class StoreMembers {
  readonly #members = new WeakMap<Instrument, Member>();

  of(instrument: Instrument): Member {
    let member = this.#members.get(instrument);
    if (member === undefined) {
      member = memberOf(instrument);
      this.#members.set(instrument, member);
    }
    return member;
  }
}

function memberOf(instrument: Instrument): Member {
  const { name, unit, description, scope, kind } = instrument.descriptor;
  const base = { name, unit, description, scope, additive: kind !== "gauge" };
  const cache = newMemberCache(newLabelWriter(kind === "histogram"));
  if (instrument instanceof NumberInstrument) {
    const type = kind === "counter" ? "counter" : "gauge";
    return { ...base, cache, type, points: instrument.index.all };
  }
  return { ...base, cache, type: "histogram", points: instrument.index.all };
}

/** Members of what this package counts about itself. */
export function selfMembers(counts: SelfCounts): Member[] {
  return [
    selfMember(METRIC_DCMX_METRICS_REFUSED, counts.refused, (key) => {
      const space = key.indexOf(" ");
      return {
        [ATTR_DCMX_REFUSAL_REASON]: key.slice(0, space),
        [ATTR_DCMX_METRIC_NAME]: key.slice(space + 1),
      };
    }),
    selfMember(METRIC_DCMX_METRICS_OVERFLOW, counts.overflow),
    selfMember(METRIC_DCMX_METRICS_LABELS_DROPPED, counts.labelsDropped),
    selfMember(METRIC_DCMX_METRICS_COLLISIONS, counts.collisions),
  ].filter((member) => member.points.length > 0);
}

function selfMember(
  name: string,
  counts: ReadonlyMap<string, number>,
  attributesOf: (key: string) => Record<string, string> = (key) => ({ [ATTR_DCMX_METRIC_NAME]: key }),
): Member {
  const definition = findMetric(name)?.metric;
  const points: NumberPoint[] = [...counts].map(([key, value]) => ({ attributes: attributesOf(key), value }));
  const { unit = "", description = "" } = definition ?? {};
  const scope: Scope = SCOPE;
  const cache = newMemberCache(newLabelWriter(false));
  return { name, unit, description, scope, additive: true, cache, type: "counter", points };
}

/** The member that tells the attributes of the resource. */
export function targetInfo(resource: Attributes): Member {
  const scope: Scope = { name: "", version: undefined, schemaUrl: undefined };
  const cache = newMemberCache(new LabelWriter(new Set()));
  const points = [{ attributes: resource, value: 1 }];
  const about = { name: "target_info", unit: "", description: "Attributes of the resource.", info: true };
  return { ...about, scope, additive: false, cache, type: "gauge", points };
}
