import type { ExponentialHistogram } from "@opentelemetry/sdk-metrics";
import type { HistogramPoint } from "./_page_model.ts";

/** Buckets that a converted histogram has at most for each sign; finer ones are joined in pairs. */
const MAX_BUCKETS = 40;

type Buckets = ExponentialHistogram["positive"];

/**
 * Writes an exponential histogram with explicit bounds, as Prometheus' text formats have no other. Bounds are
 * powers of the base, so they change when the scale does; the count at each bound is exact.
 */
export function exponentialToExplicit(histogram: ExponentialHistogram): Omit<HistogramPoint, "attributes"> {
  const bounds: number[] = [];
  const counts: number[] = [];
  const negative = coarsen(histogram.negative, histogram.scale);
  // A negative bucket i holds -base^(i+1) <= value < -base^i, so its upper bound is -base^i.
  for (let i = negative.counts.length - 1; i >= 0; i--) {
    bounds.push(-boundAt(negative.scale, negative.offset + i));
    counts.push(negative.counts[i] ?? 0);
  }
  if (histogram.zeroCount > 0 || bounds.length > 0) {
    bounds.push(0);
    counts.push(histogram.zeroCount);
  }
  const positive = coarsen(histogram.positive, histogram.scale);
  for (let i = 0; i < positive.counts.length; i++) {
    bounds.push(boundAt(positive.scale, positive.offset + i + 1));
    counts.push(positive.counts[i] ?? 0);
  }
  counts.push(0);
  const sum = negative.counts.some((count) => count > 0) ? undefined : histogram.sum;
  return { bounds, counts, count: histogram.count, sum };
}

function coarsen(
  buckets: Buckets,
  scale: number,
): { scale: number; offset: number; counts: readonly number[] } {
  let counts: readonly number[] = buckets.bucketCounts;
  let offset = buckets.offset;
  let current = scale;
  while (counts.length > MAX_BUCKETS) {
    const joined: number[] = [];
    const first = offset >> 1;
    for (let i = 0; i < counts.length; i++) {
      const place = ((offset + i) >> 1) - first;
      joined[place] = (joined[place] ?? 0) + (counts[i] ?? 0);
    }
    counts = joined;
    offset = first;
    current--;
  }
  return { scale: current, offset, counts };
}

/** base^index, where base is 2^(2^-scale). */
function boundAt(scale: number, index: number): number {
  return 2 ** (index * 2 ** -scale);
}
