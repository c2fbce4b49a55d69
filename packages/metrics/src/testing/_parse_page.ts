/** A page as a strict reader of both formats understands it. */
export interface ParsedPage {
  /** Value of each series, by name and sorted labels. */
  readonly series: ReadonlyMap<string, number>;
  readonly types: ReadonlyMap<string, string>;
  readonly exemplars: number;
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * Reads a page by the grammar of its format, and fails on everything that Prometheus would refuse or lose: a line that
 * does not fit, a label twice, a series twice, a type twice, samples that are not together, buckets that fall.
 */
export function parsePage(page: string, openMetrics: boolean): ParsedPage {
  const lines = page.split("\n");
  if (lines.pop() !== "") throw new Error("the page does not end with a line feed");
  if (openMetrics && lines.pop() !== "# EOF") throw new Error("the page does not end with # EOF");
  const series = new Map<string, number>();
  const types = new Map<string, string>();
  const left = new Set<string>();
  let family = "";
  let exemplars = 0;
  for (const line of lines) {
    const comment = /^# (HELP|TYPE|UNIT) (\S+) (.*)$/.exec(line);
    if (comment !== null) {
      const [, kind, name = "", text = ""] = comment;
      if (!NAME.test(name)) throw new Error(`not a name: ${line}`);
      if (name !== family) {
        if (left.has(name)) throw new Error(`a family in two places: ${line}`);
        left.add(family);
        family = name;
      }
      if (kind === "TYPE") {
        if (types.has(name)) throw new Error(`a type twice: ${line}`);
        types.set(name, text);
      }
      continue;
    }
    const { name, labels, value, hasExemplar } = parseSample(line, openMetrics);
    if (!belongs(name, family, types.get(family) ?? "", openMetrics))
      throw new Error(`not of ${family}: ${line}`);
    const key = `${name}{${[...labels]
      .sort()
      .map(([label, text]) => `${label}=${JSON.stringify(text)}`)
      .join()}}`;
    if (series.has(key)) throw new Error(`a series twice: ${line}`);
    series.set(key, value);
    if (hasExemplar) exemplars++;
  }
  checkBuckets(series, types);
  return { series, types, exemplars };
}

function belongs(name: string, family: string, type: string, openMetrics: boolean): boolean {
  if (type === "histogram") return [`${family}_bucket`, `${family}_sum`, `${family}_count`].includes(name);
  if (openMetrics && type === "counter") return name === `${family}_total`;
  if (type === "info") return name === `${family}_info`;
  return name === family;
}

interface Sample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
  readonly hasExemplar: boolean;
}

function parseSample(line: string, openMetrics: boolean): Sample {
  let at = 0;
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(line);
    if (found === null) throw new Error(`cannot read ${JSON.stringify(line)} at ${at}`);
    at = pattern.lastIndex;
    return found[1] ?? found[0];
  };
  const name = take(/[a-zA-Z_:][a-zA-Z0-9_:]*/y);
  const labels = new Map<string, string>();
  if (line[at] === "{") {
    at++;
    while (line[at] !== "}") {
      if (labels.size > 0) take(/,/y);
      const label = take(/([^=]*)=/y);
      if (!LABEL.test(label) || label.startsWith("__")) throw new Error(`not a label: ${label}`);
      if (labels.has(label)) throw new Error(`a label twice: ${line}`);
      const text = take(/"((?:[^"\\\n]|\\[\\n"])*)"/y);
      if (text === "") throw new Error(`an empty label: ${line}`);
      labels.set(
        label,
        text.replace(/\\(.)/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped)),
      );
    }
    at++;
  }
  const number = take(/ ([+-]Inf|NaN|[-+0-9.e]+)/y);
  const rest = line.slice(at);
  const exemplar = /^ # \{trace_id="[0-9a-f]{32}",span_id="[0-9a-f]{16}"\} [-+0-9.e]+ [0-9.]+$/.test(rest);
  if (rest !== "" && !(openMetrics && exemplar)) throw new Error(`what is left over: ${rest}`);
  return { name, labels, value: numberOf(number), hasExemplar: exemplar };
}

function numberOf(text: string): number {
  if (text.endsWith("Inf")) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const value = Number(text);
  if (Number.isNaN(value) && text !== "NaN") throw new Error(`not a number: ${text}`);
  return value;
}

/** Buckets of one histogram must not fall, and the last one is the count. */
function checkBuckets(series: ReadonlyMap<string, number>, types: ReadonlyMap<string, string>): void {
  const last = new Map<string, number>();
  for (const [key, value] of series) {
    const family = /^([^{]*)_bucket\{/.exec(key)?.[1];
    if (family === undefined || types.get(family) !== "histogram") continue;
    const group = key.replace(/,?le="[^"]*"/, "").replace("{,", "{");
    if (value < (last.get(group) ?? 0)) throw new Error(`a bucket that falls: ${key}`);
    last.set(group, value);
  }
  for (const [group, value] of last) {
    const count = series.get(group.replace("_bucket{", "_count{"));
    if (count !== undefined && count !== value)
      throw new Error(`${group} ends with ${value} and counts ${count}`);
  }
}
