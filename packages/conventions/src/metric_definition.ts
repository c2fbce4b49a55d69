import type { Cardinality, Source, Stability } from "./attribute_definition.ts";

/** Kind of the instrument behind a metric. */
export type InstrumentKind = "counter" | "updowncounter" | "gauge" | "histogram";

/** Another name under which a metric may be recorded. */
export interface MetricAlias {
  /** Name that is accepted. */
  readonly name: string;
  /** What a value recorded under this name is multiplied with; 0.001 turns milliseconds into seconds. */
  readonly factor: number;
}

/**
 * One metric of the catalogue.
 *
 * @example Read a definition
 * ```ts
 * import { findMetric, type MetricDefinition } from "@dcmx-tracing/conventions";
 *
 * const duration: MetricDefinition | undefined = findMetric("nft.mint.duration")?.metric;
 * console.assert(duration?.unit === "s");
 * ```
 */
export interface MetricDefinition {
  /** Name on the wire, without unit and without `total`. */
  readonly name: string;
  /** Kind of the instrument. */
  readonly instrument: InstrumentKind;
  /** Unit in UCUM; an annotation in braces counts things. */
  readonly unit: string;
  /** One sentence on what it measures. */
  readonly description: string;
  /** Attributes with which it is recorded. */
  readonly attributes: readonly string[];
  /** How many series one process has of it: `fixed`, a closed set; `low`, tens to hundreds. */
  readonly cardinality: Cardinality;
  /** Upper bounds of the buckets of a histogram. */
  readonly buckets?: readonly number[];
  /** Other names under which it may be recorded. */
  readonly aliases?: readonly MetricAlias[];
  /** Whether the name may still change. */
  readonly stability: Stability;
  /** Where the name comes from. */
  readonly source: Source;
}
