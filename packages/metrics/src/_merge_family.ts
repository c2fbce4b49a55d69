import type { Family, HistogramPoint, Member, MemberCache, NumberPoint } from "./_page_model.ts";

/** Points that are looked at between two occasions to pause. */
const STEP = 64;

/**
 * Merges the points of a family that have the same labels, because Prometheus refuses or loses a series that is on
 * the page twice: what is added up is summed, of a state the last one counts, a histogram with other bounds than
 * the first one is left out. The points themselves are not changed.
 *
 * @param lost Called once for each point that was left out.
 */
export function* mergeFamily(
  family: Family,
  lost: (member: Member) => void,
): Generator<undefined, Member | undefined> {
  const [first] = family.members;
  if (first === undefined) return undefined;
  const prefixes: string[] = [];
  const braced: string[] = [];
  const points: (NumberPoint | HistogramPoint)[] = [];
  const places = new Map<string, number>();
  let steps = 0;
  for (const member of family.members) {
    const cache = member.cache;
    for (let i = 0; i < cache.prefixes.length; i++) {
      if (++steps % STEP === 0) yield;
      // Each prefix belongs to the point at its place.
      const prefix = cache.prefixes[i] as string;
      const point = member.points[i] as NumberPoint | HistogramPoint;
      point.rearm?.();
      const place = places.get(prefix);
      if (place === undefined) {
        places.set(prefix, points.length);
        prefixes.push(prefix);
        braced.push(cache.braced[i] ?? "");
        points.push(point);
        continue;
      }
      const merged = mergePoints(member, points[place] as NumberPoint | HistogramPoint, point);
      if (merged === undefined) lost(member);
      else points[place] = merged;
    }
  }
  const cache: MemberCache = { labels: first.cache.labels, prefixes, braced };
  // All members of a family have its type, so the points are of the kind that `first` has.
  return { ...first, cache, points } as Member;
}

function mergePoints(
  member: Member,
  one: NumberPoint | HistogramPoint,
  other: NumberPoint | HistogramPoint,
): NumberPoint | HistogramPoint | undefined {
  if (member.type !== "histogram") {
    // The member says that its points are numbers.
    const [a, b] = [one as NumberPoint, other as NumberPoint];
    const value = member.additive ? a.value + b.value : b.value;
    return { attributes: a.attributes, value, exemplar: b.exemplar ?? a.exemplar };
  }
  // The member says that its points are histograms.
  const [a, b] = [one as HistogramPoint, other as HistogramPoint];
  if (a.bounds.length !== b.bounds.length || a.bounds.some((bound, i) => bound !== b.bounds[i]))
    return undefined;
  return {
    attributes: a.attributes,
    bounds: a.bounds,
    counts: a.counts.map((count, i) => count + (b.counts[i] ?? 0)),
    count: a.count + b.count,
    sum: a.sum === undefined || b.sum === undefined ? undefined : a.sum + b.sum,
    exemplars: a.exemplars?.map((exemplar, i) => b.exemplars?.[i] ?? exemplar) ?? b.exemplars,
  };
}
