import type { InstrumentKind, MetricAlias } from "@dcmx-tracing/conventions";
import type { Attributes, AttributeValue } from "@opentelemetry/api";
import { BoundAdder, BoundRecorder, BoundSetter } from "./_bound.ts";
import { catalogueProblems } from "./_catalogue_problems.ts";
import { record } from "./_record.ts";
import {
  DEFAULT_BOUNDS,
  defineRecorder,
  type MetricValue,
  type NamedRecorder,
  Recorder,
} from "./_recorder.ts";
import type { BoundCounter } from "./bind_counter.ts";
import type { BoundGauge } from "./bind_gauge.ts";
import type { BoundHistogram } from "./bind_histogram.ts";
import type { BoundUpDown } from "./bind_up_down.ts";
import { MetricsSetupError } from "./metrics_setup_error.ts";

/** One metric of a catalogue of yours. */
export interface MetricSpec {
  /** OpenTelemetry name: lower case with dots, without unit and without `total`. */
  readonly name: string;
  /** Kind of the instrument. */
  readonly instrument: InstrumentKind;
  /**
   * Unit in UCUM: `s`, `By`, or what is counted in braces, `{order}`.
   * @default ""
   */
  readonly unit?: string;
  /**
   * One sentence on what it measures; the HELP line of the page.
   * @default ""
   */
  readonly description?: string;
  /**
   * Attributes with which it is recorded; others are left out. Without the list all are taken.
   * @default undefined
   */
  readonly attributes?: readonly string[];
  /**
   * Upper bounds of the buckets of a histogram, ascending.
   * @default the bounds of the OpenTelemetry specification
   */
  readonly buckets?: readonly number[];
  /**
   * Other names under which it is recorded, each with the factor of the conversion.
   * @default []
   */
  readonly aliases?: readonly MetricAlias[];
}

type AttributesOf<S extends MetricSpec> = S["attributes"] extends readonly (infer K extends string)[]
  ? { readonly [key in K]?: AttributeValue }
  : Attributes;

/** A counter of a catalogue. */
export interface CounterMetric<A> {
  /**
   * Adds to the counter; never throws.
   * @default value 1
   */
  add(value?: MetricValue, attributes?: A): void;
  /** Keeps the counter and its attributes together. */
  bind(attributes?: A): BoundCounter;
}

/** An up-down counter of a catalogue. */
export interface UpDownMetric<A> {
  /** Adds to the value; never throws. */
  add(value: MetricValue, attributes?: A): void;
  /** Keeps the up-down counter and its attributes together. */
  bind(attributes?: A): BoundUpDown;
}

/** A gauge of a catalogue. */
export interface GaugeMetric<A> {
  /** Sets the gauge; never throws. */
  record(value: MetricValue, attributes?: A): void;
  /** Keeps the gauge and its attributes together. */
  bind(attributes?: A): BoundGauge;
}

/** A histogram of a catalogue. */
export interface HistogramMetric<A> {
  /** Records a value; never throws. */
  record(value: MetricValue, attributes?: A): void;
  /** Keeps the histogram and its attributes together. */
  bind(attributes?: A): BoundHistogram;
}

/** What `defineMetrics()` makes of a catalogue: one metric for each entry, of the kind that the entry says. */
export type DefinedMetrics<C extends Readonly<Record<string, MetricSpec>>> = {
  readonly [key in keyof C]: {
    readonly counter: CounterMetric<AttributesOf<C[key]>>;
    readonly updowncounter: UpDownMetric<AttributesOf<C[key]>>;
    readonly gauge: GaugeMetric<AttributesOf<C[key]>>;
    readonly histogram: HistogramMetric<AttributesOf<C[key]>>;
  }[C[key]["instrument"]];
};

/**
 * Defines metrics of your own, with the kind, unit, description, buckets, labels and other names of each in one
 * place; the compiler then knows which methods and attributes each has. The record functions know the names too.
 *
 * @param catalogue An entry for each metric, under the name that your code uses.
 * @returns The metrics under the same names.
 * @throws {MetricsSetupError} `catalogue_invalid`, with everything that is wrong with the catalogue.
 *
 * @example A catalogue of a shop
 * ```ts
 * import { defineMetrics } from "@dcmx-tracing/metrics";
 *
 * const shop = defineMetrics({
 *   orders: { name: "shop.orders", instrument: "counter", unit: "{order}", attributes: ["shop.region"] },
 *   delivery: { name: "shop.delivery.duration", instrument: "histogram", unit: "s", buckets: [3600, 86400] },
 * });
 * shop.orders.add(1, { "shop.region": "eu" });
 * shop.delivery.bind().record(7200);
 * ```
 */
export function defineMetrics<const C extends Readonly<Record<string, MetricSpec>>>(
  catalogue: C,
): DefinedMetrics<C> {
  const problems = catalogueProblems(Object.entries(catalogue));
  if (problems.length > 0) {
    throw new MetricsSetupError("catalogue_invalid", `Cannot define the metrics: ${problems.join("; ")}`);
  }
  const defined: Record<string, unknown> = {};
  for (const [key, spec] of Object.entries(catalogue)) defined[key] = define(spec);
  // Each entry was made for the instrument of its spec, which is what the type says.
  return defined as DefinedMetrics<C>;
}

function define(spec: MetricSpec): unknown {
  const { name, instrument: kind, unit = "", description = "", buckets, attributes, aliases = [] } = spec;
  const labels = attributes === undefined ? undefined : new Set(attributes);
  const recorder = new Recorder({ name, kind, unit, description, bounds: buckets ?? DEFAULT_BOUNDS, labels });
  const named: NamedRecorder = defineRecorder(name, { recorder, factor: 1 });
  for (const alias of aliases) defineRecorder(alias.name, { recorder: named.recorder, factor: alias.factor });
  switch (kind) {
    case "counter":
    case "updowncounter":
      return {
        add: (value?: MetricValue, given?: Attributes) =>
          record(kind, name, value === undefined ? 1 : value, given),
        bind: (given?: Attributes) => new BoundAdder(name, kind, named, given),
      };
    case "gauge":
      return {
        record: (value: MetricValue, given?: Attributes) => record(kind, name, value, given),
        bind: (given?: Attributes) => new BoundSetter(name, kind, named, given),
      };
    case "histogram":
      return {
        record: (value: MetricValue, given?: Attributes) => record(kind, name, value, given),
        bind: (given?: Attributes) => new BoundRecorder(name, kind, named, given),
      };
  }
}
