import type { Attributes } from "@opentelemetry/api";
import type { Scope } from "./_instrument.ts";
import type { LabelWriter } from "./_label_writer.ts";
import type { Exemplar } from "./_series.ts";

/** A value of a counter or gauge, live or collected. */
export interface NumberPoint {
  readonly attributes: Attributes;
  readonly value: number;
  readonly exemplar?: Exemplar | undefined;
  /** Of a live point: its exemplar was written, so that a new one may be taken. */
  rearm?(): void;
}

/** A histogram with explicit bounds, live or collected. */
export interface HistogramPoint {
  readonly attributes: Attributes;
  readonly bounds: readonly number[];
  /** One entry more than `bounds`. */
  readonly counts: readonly number[];
  readonly count: number;
  /** Undefined when the sum says nothing, because values may be negative. */
  readonly sum: number | undefined;
  readonly exemplars?: readonly (Exemplar | undefined)[] | undefined;
  /** Of a live point: its exemplars were written, so that new ones may be taken. */
  rearm?(): void;
}

/** Type of a metric family; what can go down is a gauge for Prometheus. */
export type FamilyType = "counter" | "gauge" | "histogram" | "info" | "unknown";

/** What a page knows of the series of one metric; of a live instrument it is kept from one scrape to the next. */
export interface MemberCache {
  readonly labels: LabelWriter;
  /** Begin of the line of each point, up to the value; of a histogram up to `le`. */
  readonly prefixes: string[];
  /** Labels in braces and a space, of each point of a histogram. */
  readonly braced: string[];
}

interface MemberBase {
  /** OpenTelemetry name. */
  readonly name: string;
  readonly scope: Scope;
  readonly description: string;
  readonly unit: string;
  readonly cache: MemberCache;
  /** Whether values of equal labels are summed, as those of counters and up-down counters. */
  readonly additive: boolean;
  /** Whether it is the metric about the resource, which OpenMetrics has a type of its own for. */
  readonly info?: boolean;
}

/** The series of one metric of one scope. */
export type Member =
  | (MemberBase & { readonly type: "counter" | "gauge"; readonly points: readonly NumberPoint[] })
  | (MemberBase & { readonly type: "histogram"; readonly points: readonly HistogramPoint[] });

/** All metrics that share a Prometheus name and type. */
export interface Family {
  /** Name of the samples of a counter or gauge; of a histogram the name before `_bucket`. */
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly unit: string;
  readonly members: Member[];
}
