import type { ByteWriter } from "./_byte_writer.ts";
import { mergeFamily } from "./_merge_family.ts";
import type { Family, FamilyType, HistogramPoint, Member, NumberPoint } from "./_page_model.ts";
import { escapeHelp, escapeLabelValue, formatBound, formatValue } from "./_page_text.ts";
import type { Exemplar } from "./_series.ts";
import { prometheusUnit } from "./prometheus_name.ts";

/** How a page is written. */
export interface PageFormat {
  readonly openMetrics: boolean;
  /** Whether the scope of the instrument becomes labels. */
  readonly scopeLabels: boolean;
}

/** Points that are written between two looks at the clock. */
const STEP = 64;

/**
 * Writes one family, with a pause after every few points, so that the caller can look at the clock.
 *
 * @yields Nothing: an occasion to pause.
 */
export function* renderFamily(
  out: ByteWriter,
  family: Family,
  type: FamilyType,
  format: PageFormat,
  lost: (member: Member) => void,
): Generator<undefined> {
  const { members } = family;
  for (const member of members) yield* prepare(family, member, format);
  out.text(header(family, type, format));
  if (members.length > 1 || members.some((member) => member.cache.labels.ambiguous)) {
    const merged = yield* mergeFamily(family, lost);
    if (merged !== undefined) yield* renderPoints(out, merged, type, format);
  } else {
    for (const member of members) yield* renderPoints(out, member, type, format);
  }
}

function* renderPoints(
  out: ByteWriter,
  member: Member,
  type: FamilyType,
  format: PageFormat,
): Generator<undefined> {
  const count = member.cache.prefixes.length;
  const exemplars = format.openMetrics && (type === "counter" || type === "histogram");
  for (let start = 0; start < count; start += STEP) {
    const end = Math.min(start + STEP, count);
    if (member.type === "histogram") histograms(out, member, start, end, exemplars);
    else numbers(out, member, start, end, exemplars);
    yield;
  }
}

function header(family: Family, type: FamilyType, format: PageFormat): string {
  const first = family.members[0];
  if (first === undefined) return "";
  const { length } = suffixOf(type);
  const name = format.openMetrics && length > 0 ? family.name.slice(0, -length) : family.name;
  const description = first.description === "" ? `OpenTelemetry metric ${first.name}.` : first.description;
  let text = `# HELP ${name} ${escapeHelp(description, format.openMetrics)}\n# TYPE ${name} ${type}\n`;
  const unit = prometheusUnit({ name: first.name, unit: family.unit, instrument: "histogram" });
  if (format.openMetrics && unit !== "" && name.endsWith(`_${unit}`)) text += `# UNIT ${name} ${unit}\n`;
  return text;
}

/** What only the samples have in OpenMetrics, and not the family. */
function suffixOf(type: FamilyType): string {
  return type === "counter" ? "_total" : type === "info" ? "_info" : "";
}

/** Writes the begin of the lines of all points that have none yet, so that rendering only appends values. */
function* prepare(family: Family, member: Member, format: PageFormat): Generator<undefined> {
  const { prefixes, braced, labels } = member.cache;
  const scope = format.scopeLabels ? scopeLabels(member) : "";
  const total = member.points.length;
  // Counts by the list itself: while this one pauses, another scrape may write prefixes of the same member.
  for (let i = prefixes.length; i < total; i = prefixes.length) {
    // i is below the number of points.
    const own = labels.text((member.points[i] as NumberPoint | HistogramPoint).attributes);
    const all = scope === "" || own === "" ? scope + own : `${scope},${own}`;
    if (member.type === "histogram") {
      prefixes.push(flat(family.name, "_bucket{", all, all === "" ? "" : ","));
      braced.push(all === "" ? " " : flat("{", all, "} "));
    } else {
      prefixes.push(all === "" ? `${family.name} ` : flat(family.name, "{", all, "} "));
    }
    if (i % STEP === STEP - 1) yield;
  }
}

/** Joins parts to one flat string: a concatenation would stay a tree that every scrape walks again. */
function flat(...parts: readonly string[]): string {
  return parts.join("");
}

function scopeLabels({ scope }: Member): string {
  const labels: string[] = [];
  if (scope.name) labels.push(`otel_scope_name="${escapeLabelValue(scope.name)}"`);
  if (scope.version) labels.push(`otel_scope_version="${escapeLabelValue(scope.version)}"`);
  if (scope.schemaUrl) labels.push(`otel_scope_schema_url="${escapeLabelValue(scope.schemaUrl)}"`);
  return labels.join(",");
}

function numbers(out: ByteWriter, member: Member, start: number, end: number, exemplars: boolean): void {
  const { prefixes } = member.cache;
  for (let i = start; i < end; i++) {
    // prepare() has written one prefix for each point up to `end`.
    const point = member.points[i] as NumberPoint;
    out.text(prefixes[i] as string);
    out.value(point.value);
    if (exemplars) {
      if (point.exemplar !== undefined) out.text(exemplar(point.exemplar));
      point.rearm?.();
    }
    out.endLine();
  }
}

function histograms(out: ByteWriter, member: Member, start: number, end: number, exemplars: boolean): void {
  const { prefixes, braced } = member.cache;
  for (let i = start; i < end; i++) {
    // prepare() has written one prefix for each point up to `end`.
    const point = member.points[i] as HistogramPoint;
    const prefix = prefixes[i] as string;
    const labels = braced[i] as string;
    const limits = limitsOf(point.bounds);
    let below = 0;
    for (let bucket = 0; bucket < limits.length; bucket++) {
      below += point.counts[bucket] ?? 0;
      out.text(prefix);
      // bucket is below the length.
      out.text(limits[bucket] as string);
      out.value(below);
      const found = exemplars ? point.exemplars?.[bucket] : undefined;
      if (found !== undefined) out.text(exemplar(found));
      out.endLine();
    }
    const name = prefix.slice(0, prefix.indexOf("_bucket{"));
    if (point.sum !== undefined) total(out, `${name}_sum`, labels, point.sum);
    total(out, `${name}_count`, labels, point.count);
    if (exemplars) point.rearm?.();
  }
}

function total(out: ByteWriter, name: string, labels: string, value: number): void {
  out.text(name);
  out.text(labels);
  out.value(value);
  out.endLine();
}

const limitTexts = new WeakMap<readonly number[], readonly string[]>();

/** The `le` labels of a list of bounds, with the end of the line up to the value. */
function limitsOf(bounds: readonly number[]): readonly string[] {
  let texts = limitTexts.get(bounds);
  if (texts === undefined) {
    texts = [...bounds, Number.POSITIVE_INFINITY].map((bound) => `le="${formatBound(bound)}"} `);
    limitTexts.set(bounds, texts);
  }
  return texts;
}

function exemplar({ traceId, spanId, value, time }: Exemplar): string {
  return ` # {trace_id="${traceId}",span_id="${spanId}"} ${formatValue(value)} ${time / 1000}`;
}
