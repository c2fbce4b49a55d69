import { ATTRIBUTES, METRICS, type MetricDefinition } from "@dcmx-tracing/conventions";
import { prometheusName } from "@dcmx-tracing/metrics";

/** Tables of TRACING.md that come from the catalogue, by the name of their marker. */
export function guideTables(): ReadonlyMap<string, readonly (readonly string[])[]> {
  return new Map([
    ["metrics", metricsTable()],
    ["attributes", attributesTable()],
  ]);
}

/** Replaces the tables between their markers. */
export function withTables(text: string): string {
  let result = text;
  for (const [name, rows] of guideTables()) {
    const [header = [], ...body] = rows;
    const lines = [header, header.map(() => "---"), ...body].map((cells) => `| ${cells.join(" | ")} |`);
    result = result.replace(between(name), `$1\n\n${lines.join("\n")}\n\n$3`);
  }
  return result;
}

/** The cells of a table as it stands in a text, whatever its padding. */
export function tableIn(text: string, name: string): readonly (readonly string[])[] {
  const inner = between(name).exec(text)?.[2] ?? "";
  return inner
    .split("\n")
    .filter((line) => line.startsWith("|") && !/^[|\s-]+$/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );
}

function between(name: string): RegExp {
  return new RegExp(`(<!-- ${name}: start -->)([\\s\\S]*?)(<!-- ${name}: end -->)`);
}

function metricsTable(): readonly (readonly string[])[] {
  const fromGuide = METRICS.filter(({ source }) => source === "guide");
  return [
    ["metric", "also accepted", "kind", "unit", "in Prometheus", "what"],
    ...fromGuide.map((metric) => [
      `\`${metric.name}\``,
      aliases(metric),
      metric.instrument,
      `\`${metric.unit}\``,
      `\`${prometheusName(metric)}\``,
      metric.description,
    ]),
  ];
}

function aliases({ aliases: names = [] }: MetricDefinition): string {
  return names.map(({ name }) => `\`${name}\``).join(", ");
}

function attributesTable(): readonly (readonly string[])[] {
  const fromGuide = ATTRIBUTES.filter(
    ({ source, sensitivity }) => source === "guide" && sensitivity !== "secret",
  );
  return [
    ["attribute", "type", "what"],
    ...fromGuide.map(({ name, type, description }) => [`\`${name}\``, type, description]),
  ];
}
