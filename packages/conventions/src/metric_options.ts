import { findMetric } from "./find_metric.ts";

/** What the catalogue says about an instrument, in the shape of the `MetricOptions` of the OpenTelemetry API. */
export interface MetricInstrumentOptions {
  /** Unit in UCUM. */
  readonly unit?: string;
  /** One sentence on what it measures. */
  readonly description?: string;
  /** Upper bounds of the buckets, of a histogram. */
  readonly advice?: { readonly explicitBucketBoundaries: number[] };
}

/**
 * The options with which an instrument of the catalogue is created, so that unit, description and buckets are written
 * in one place. Not for `recordCounter` and its siblings of `@dcmx-tracing/metrics`, which look them up themselves.
 *
 * @param name Name of the metric. Under an alias the options are those of the metric, so a value has to be converted
 * by the factor of `findMetric` first.
 * @returns The options; none when the catalogue does not know the name.
 *
 * @example Create an instrument as the catalogue has it
 * ```ts
 * import { METRIC_NFT_MINT_GAS_USED, metricOptions } from "@dcmx-tracing/conventions";
 *
 * const options = metricOptions(METRIC_NFT_MINT_GAS_USED);
 * // meter.createHistogram(METRIC_NFT_MINT_GAS_USED, options)
 * console.assert(options.unit === "{gas}");
 * console.assert(options.advice?.explicitBucketBoundaries[0] === 21_000);
 * ```
 */
export function metricOptions(name: string): MetricInstrumentOptions {
  const definition = findMetric(name)?.metric;
  if (definition === undefined) return {};
  const { unit, description, buckets } = definition;
  // A copy, as the API takes an array that can be changed.
  return {
    unit,
    description,
    ...(buckets === undefined ? {} : { advice: { explicitBucketBoundaries: [...buckets] } }),
  };
}
