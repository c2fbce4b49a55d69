import { ATTR_OTEL_METRIC_OVERFLOW } from "@dcmx-tracing/conventions";
import { sayOnce } from "./_say_once.ts";

/** Why a measurement was refused. */
export type RefusalReason = "not_a_number" | "not_finite" | "negative" | "wrong_kind" | "name";

/** What the package counts about itself, each by the name of the metric it is about. */
export interface SelfCounts {
  readonly refused: Map<string, number>;
  readonly overflow: Map<string, number>;
  readonly labelsDropped: Map<string, number>;
  readonly collisions: Map<string, number>;
}

/** Names that are told apart; a program that makes up names must not fill the memory with their counts. */
const MAX_NAMES = 1_000;
/** Stands for all further names. */
const OTHER = "_OTHER";

/** Counts at zero. */
export function newSelfCounts(): SelfCounts {
  return { refused: new Map(), overflow: new Map(), labelsDropped: new Map(), collisions: new Map() };
}

/** Counts a measurement that was refused, and says why once for each metric and reason. */
export function countRefusal(counts: SelfCounts, metric: string, reason: RefusalReason, why: string): void {
  increment(counts.refused, `${reason} ${metric}`, `${reason} ${OTHER}`);
  sayOnce(`refused ${reason} ${metric}`, why);
}

/** Counts a measurement that went to the overflow series, and says so once for each metric. */
export function countOverflow(counts: SelfCounts, metric: string): void {
  increment(counts.overflow, metric, OTHER);
  sayOnce(
    `overflow ${metric}`,
    `The metric '${metric}' has reached its cardinality limit: further attributes share one series with ${ATTR_OTEL_METRIC_OVERFLOW}=true. Record fewer distinct attribute values, or raise 'cardinalityLimits'.`,
  );
}

/** Counts an identifier that was refused as a label. */
export function countLabelDropped(counts: SelfCounts, metric: string): void {
  increment(counts.labelsDropped, metric, OTHER);
}

/** Counts a metric that shares its Prometheus name with another one, and says so once. */
export function countCollision(counts: SelfCounts, metric: string, why: string): void {
  increment(counts.collisions, metric, OTHER);
  sayOnce(`collision ${metric} ${why}`, why);
}

function increment(counts: Map<string, number>, key: string, other: string): void {
  const bounded = counts.size < MAX_NAMES || counts.has(key) ? key : other;
  counts.set(bounded, (counts.get(bounded) ?? 0) + 1);
}
