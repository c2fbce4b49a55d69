import { findAttribute, findMetric } from "@dcmx-tracing/conventions";
import type { Attributes } from "@opentelemetry/api";
import { cleanAttributes } from "./_clean_attributes.ts";
import {
  HistogramInstrument,
  type Instrument,
  type InstrumentDescriptor,
  NumberInstrument,
} from "./_instrument.ts";
import { sayOnce } from "./_say_once.ts";
import { countLabelDropped, countOverflow, type SelfCounts } from "./_self_counts.ts";

/** Changes the attributes of a new series before it is made. */
export type AttributeFilter = (attributes: Attributes, metric: string) => Attributes;

/** How a store is set up. */
export interface StoreOptions {
  /** Series of one instrument at most. */
  readonly cardinalityLimit: number;
  /** Limits of single metrics, by their name. */
  readonly cardinalityLimits: ReadonlyMap<string, number>;
  readonly attributeFilter: AttributeFilter | undefined;
  readonly counts: SelfCounts;
}

/**
 * Holds the instruments of one set-up and their series. Readers walk over `instruments` and the series of each;
 * both only grow, so that a reader may stop half-way and continue later.
 */
export class MetricStore {
  readonly instruments: Instrument[] = [];
  readonly #options: StoreOptions;
  readonly #byKey = new Map<string, Instrument>();

  constructor(options: StoreOptions) {
    this.#options = options;
  }

  /** Finds or makes the counter, up-down counter or gauge that a descriptor names. */
  number(descriptor: InstrumentDescriptor): NumberInstrument {
    // The key holds the kind, and kinds other than histogram make number instruments only.
    return this.#instrument(descriptor, NumberInstrument) as NumberInstrument;
  }

  /** Finds or makes the histogram that a descriptor names. */
  histogram(descriptor: InstrumentDescriptor): HistogramInstrument {
    // The key holds the kind, and the kind histogram makes histogram instruments only.
    return this.#instrument(descriptor, HistogramInstrument) as HistogramInstrument;
  }

  #instrument(
    descriptor: InstrumentDescriptor,
    make: typeof NumberInstrument | typeof HistogramInstrument,
  ): Instrument {
    const { scope, kind, name, unit } = descriptor;
    const key = JSON.stringify([scope.name, scope.version, scope.schemaUrl, kind, name.toLowerCase(), unit]);
    let instrument = this.#byKey.get(key);
    if (instrument === undefined) {
      const { counts, attributeFilter } = this.#options;
      instrument = new make(descriptor, {
        limit: this.#options.cardinalityLimits.get(name) ?? this.#options.cardinalityLimit,
        clean: (metric, attributes) => cleanLabels(metric, attributes, attributeFilter, counts),
        overflowed: (metric) => countOverflow(counts, metric.name),
      });
      this.#byKey.set(key, instrument);
      this.instruments.push(instrument);
    }
    return instrument;
  }
}

function cleanLabels(
  metric: InstrumentDescriptor,
  attributes: Attributes,
  filter: AttributeFilter | undefined,
  counts: SelfCounts,
): Attributes {
  let cleaned = cleanAttributes(attributes);
  const { labels } = metric;
  const allowed = labels === undefined ? mayBeLabel : (key: string) => labels.has(key);
  if (labels !== undefined || findMetric(metric.name) !== undefined) {
    for (const key of Object.keys(cleaned)) {
      if (allowed(key)) continue;
      delete cleaned[key];
      countLabelDropped(counts, metric.name);
      const why =
        labels === undefined
          ? "it makes a series for each value, or is not public"
          : "its definition does not list it";
      sayOnce(
        `label ${metric.name} ${key}`,
        `Left the attribute '${key}' out of the metric '${metric.name}' as ${why}: put it on the span instead`,
      );
    }
  }
  if (filter !== undefined) {
    try {
      cleaned = cleanAttributes(filter(cleaned, metric.name));
    } catch (error) {
      // Fails closed: what the filter was meant to remove must not get out because it threw.
      cleaned = {};
      sayOnce(
        "attribute filter",
        `Left the attributes of metrics out because 'attributeFilter' threw: ${String(error)}`,
      );
    }
  }
  return cleaned;
}

/** Whether the catalogue lets an attribute be a label; what the catalogue does not know may be one. */
function mayBeLabel(key: string): boolean {
  const attribute = findAttribute(key);
  return attribute === undefined || (attribute.cardinality !== "high" && attribute.sensitivity === "public");
}
