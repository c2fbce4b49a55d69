import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as metrics from "./mod.ts";
import * as prometheus from "./prometheus.ts";

test("mod.ts exports the record functions, the handles, the catalogues and the set-up", () => {
  expect(Object.keys(metrics).sort()).toEqual([
    "MetricsSetupError",
    "bindCounter",
    "bindGauge",
    "bindHistogram",
    "bindUpDown",
    "defineMetrics",
    "initMetrics",
    "prometheusName",
    "recordCounter",
    "recordGauge",
    "recordHistogram",
    "recordUpDown",
  ]);
});

test("prometheus.ts exports the exporter and the handler", () => {
  expect(Object.keys(prometheus).sort()).toEqual(["PrometheusPullExporter", "prometheusHandler"]);
});

test("mod.ts reaches no SDK by static imports", () => {
  const folder = new URL("./", import.meta.url);
  const names = new Set(readdirSync(folder));
  const seen = new Set<string>();
  const queue = ["mod.ts"];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const source = readFileSync(new URL(file, folder), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
    for (const match of source.matchAll(/^(?:import|export)\s(?!type\s)[^;]*?from "([^"]+)"/gm)) {
      const name = String(match[1]);
      if (names.has(name.slice(2))) queue.push(name.slice(2));
      else
        expect(["@opentelemetry/api", "@dcmx-tracing/conventions"], `${file} imports ${name}`).toContain(
          name,
        );
    }
  }
  expect(seen.size).toBeGreaterThan(20);
});
