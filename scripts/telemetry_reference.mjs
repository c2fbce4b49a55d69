// Writes docs/telemetry.md from the catalogue of packages/conventions.
// Run: tsx scripts/telemetry_reference.mjs          writes the page
//      tsx scripts/telemetry_reference.mjs --check  fails when the page is not what the catalogue says
import { readFileSync, writeFileSync } from "node:fs";
import { ATTRIBUTES, METRICS } from "../packages/conventions/src/mod.ts";
import { prometheusName } from "../packages/metrics/src/prometheus_name.ts";
import { root } from "./_workspace.mjs";

const file = `${root}docs/telemetry.md`;
const page = render();
if (process.argv.includes("--check")) {
  if (readFileSync(file, "utf8") !== page) {
    console.error(
      "docs/telemetry.md is not what the catalogue says: run npx tsx scripts/telemetry_reference.mjs",
    );
    process.exit(1);
  }
  console.log(`docs/telemetry.md lists ${ATTRIBUTES.length} attributes and ${METRICS.length} metrics`);
} else {
  writeFileSync(file, page);
}

function render() {
  return `# Telemetry reference

The attributes and metrics of DCMX Tracing. This page is made from \`@dcmx-tracing/conventions\` by
\`npx tsx scripts/telemetry_reference.mjs\`; change the catalogue, not the page.

- Cardinality says how many values there are: \`fixed\` is a closed set, \`low\` some tens, \`high\` has no bound. What is
  \`high\` is refused as a label of a metric.
- Sensitivity says who may see a value: \`public\`, \`personal\` (it says something about a person), \`secret\` (it is
  recorded only after redaction, or never).
- Stability: \`development\` names may change in a minor version, \`deprecated\` ones are emitted on request only.

## Metrics

Durations are in seconds. The Prometheus name is the same for the page that Prometheus scrapes and for the push by
OTLP; of a histogram it is the name before \`_bucket\`, \`_sum\` and \`_count\`.

${bySource(METRICS, metricTable)}
## Attributes

${bySource(ATTRIBUTES, attributeTable)}`;
}

function bySource(list, table) {
  const titles = {
    guide: "Of the platform: artists, tokens, wallets, royalties",
    ethers: "Of the ethers instrumentation",
    opentelemetry: "Of the semantic conventions of OpenTelemetry",
    redaction: "Of redaction",
    project: "Of this project about itself",
  };
  return Object.entries(titles)
    .map(([source, title]) => [title, list.filter((each) => each.source === source)])
    .filter(([, entries]) => entries.length > 0)
    .map(([title, entries]) => `### ${title}\n\n${table(entries)}\n`)
    .join("\n");
}

function metricTable(metrics) {
  const rows = metrics.map((metric) => [
    code(metric.name),
    metric.instrument,
    code(metric.unit),
    code(prometheusName(metric)),
    metric.attributes.map(code).join(" "),
    [
      metric.description,
      metric.buckets === undefined ? "" : `Buckets: ${metric.buckets.join(", ")}.`,
      ...(metric.aliases ?? []).map(({ name, factor }) =>
        factor === 1
          ? `Also recorded as ${code(name)}.`
          : `Values under ${code(name)} are multiplied by ${factor}.`,
      ),
      metric.stability === "stable" ? "" : `(${metric.stability})`,
    ],
  ]);
  return table(["metric", "instrument", "unit", "Prometheus", "attributes", "what it says"], rows);
}

function attributeTable(attributes) {
  const rows = attributes.map((attribute) => [
    code(attribute.name),
    code(attribute.type),
    attribute.cardinality,
    attribute.sensitivity,
    [
      attribute.description,
      attribute.values === undefined ? "" : `Values: ${attribute.values.map(code).join(", ")}.`,
      attribute.stability === "stable" ? "" : `(${attribute.stability})`,
    ],
  ]);
  return table(["attribute", "type", "cardinality", "sensitivity", "what it holds"], rows);
}

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => [cell].flat().filter(Boolean).join(" ")).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}

function code(text) {
  return text === "" ? "" : `\`${text}\``;
}
