/** What the demo shows of a Prometheus page. */
export interface MetricsTable {
  /** One line a series; a histogram's sum and count stand on one line. */
  readonly lines: readonly string[];
  /** How many series are on the page beyond those lines. */
  readonly others: number;
}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/;
const SHOWN =
  /^(?:artist|wallet|badges|nft|watermark|zk_proofs|royalt|marketplace|blockchain_tx_(?:count|gas_used|fee))/;
const SCOPE_LABEL = /^otel_scope_/;

/** Makes a table of the metrics of the business and of transactions; the others are counted. */
export function metricsTable(page: string): MetricsTable {
  const rows = new Map<string, string>();
  const others = new Set<string>();
  for (const line of page.split("\n")) {
    const [, name = "", labelText = "", value = ""] = line.startsWith("#") ? [] : (SAMPLE.exec(line) ?? []);
    if (name === "" || /_bucket$|_created$/.test(name)) continue;
    const labels = (labelText.match(/\w+="(?:[^"\\]|\\.)*"/g) ?? []).filter(
      (label) => !SCOPE_LABEL.test(label),
    );
    const part = /_(sum|count)$/.exec(name)?.[1];
    const series = `${part === undefined ? name : name.slice(0, -part.length - 1)}${labels.length > 0 ? `{${labels.join(",")}}` : ""}`;
    if (!SHOWN.test(name)) others.add(series);
    else if (part === undefined) rows.set(series, round(value));
    else rows.set(series, [rows.get(series), `${part} ${round(value)}`].filter(Boolean).join(", "));
  }
  const width = Math.max(0, ...[...rows.keys()].map((series) => series.length));
  const lines = [...rows].sort().map(([series, value]) => `${series.padEnd(width)}  ${value}`);
  return { lines, others: others.size };
}

/** Six digits are enough to read; the page itself has them all. */
function round(value: string): string {
  const number = Number(value);
  return Number.isInteger(number) ? value : String(Number(number.toPrecision(6)));
}
