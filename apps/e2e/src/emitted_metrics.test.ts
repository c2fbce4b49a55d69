import { readdirSync, readFileSync } from "node:fs";
import * as conventions from "@dcmx-tracing/conventions";
import { expect, test } from "vitest";
import { DASHBOARDS } from "./dashboards/dashboards.ts";
import { ROOT } from "./infra_files.ts";
import { seriesNames } from "./metric_names.ts";
import { rules } from "./rules.ts";

const PACKAGES = ["core", "span", "decorators", "metrics", "ethers-instrumentation", "redaction"];
const expressions = [
  ...DASHBOARDS.flatMap(({ rows }) =>
    rows.flatMap(({ panels }) => panels.flatMap(({ queries }) => queries.map(({ expr }) => expr))),
  ),
  ...rules().map(({ expr }) => expr),
];

/** What the packages record, besides the metrics of the guide, which applications record. */
const sources = PACKAGES.flatMap((name) =>
  readdirSync(`${ROOT}packages/${name}/src`, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => readFileSync(`${ROOT}packages/${name}/src/${file}`, "utf8")),
).join("\n");

const asked = conventions.METRICS.filter(
  (metric) =>
    metric.source !== "guide" &&
    seriesNames(metric).some((name) => expressions.some((expr) => new RegExp(`\\b${name}\\b`).test(expr))),
);

/** Metrics of the process come from OpenTelemetry's own packages, under the names of the catalogue. */
const fromOpenTelemetry = /^(nodejs|v8js)\./;

test.each(asked.map(({ name }) => name).filter((name) => !fromOpenTelemetry.test(name)))(
  "%s, which a panel or rule asks for, is recorded by a package",
  (name) => {
    const constants = Object.entries(conventions).flatMap(([constant, value]) =>
      value === name ? [constant] : [],
    );
    expect([name, ...constants].some((each) => sources.includes(each))).toBe(true);
  },
);
