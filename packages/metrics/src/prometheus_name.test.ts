import { readFileSync } from "node:fs";
import type { InstrumentKind } from "@dcmx-tracing/conventions";
import fc from "fast-check";
import { expect, test } from "vitest";
import { labelName } from "./_label_writer.ts";
import { prometheusName, prometheusUnit } from "./prometheus_name.ts";

type Row = readonly [name: string, unit: string, ...names: readonly (string | null)[]];
interface Fixture {
  readonly metrics: readonly Row[];
  readonly labels: readonly (readonly [key: string, label: string])[];
}

// What Prometheus itself makes of metrics that are pushed to it by OTLP; `source` in the file names the version.
const golden = JSON.parse(
  readFileSync(new URL("fixtures/prometheus_names.json", import.meta.url), "utf8"),
) as Fixture;
const KINDS: readonly InstrumentKind[] = ["counter", "updowncounter", "gauge", "histogram"];

test("prometheusName() gives the names that Prometheus gives to what is pushed by OTLP", () => {
  expect(golden.metrics.length).toBeGreaterThan(600);
  for (const [name, unit, ...names] of golden.metrics) {
    for (const [i, instrument] of KINDS.entries()) {
      const wanted = names[i];
      // null: Prometheus refuses such a metric.
      if (wanted !== null)
        expect(prometheusName({ name, unit, instrument }), `${name} ${unit} ${instrument}`).toBe(wanted);
    }
  }
});

test("labelName() gives the labels that Prometheus gives to what is pushed by OTLP", () => {
  for (const [key, label] of golden.labels) expect(labelName(key), key).toBe(label);
});

test("prometheusName() is valid whatever the name and the unit are", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }),
      fc.string(),
      fc.constantFrom(...KINDS),
      (name, unit, instrument) => {
        expect(prometheusName({ name, unit, instrument })).toMatch(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/);
      },
    ),
  );
});

test("labelName() is valid whatever the key is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (key) => {
      expect(labelName(key)).toMatch(/^[a-zA-Z_][a-zA-Z0-9_]*$/);
      expect(labelName(key)).not.toMatch(/^__/);
    }),
  );
});

test.each([
  ["s", "seconds"],
  ["By/s", "bytes_per_second"],
  ["{mint}", ""],
  ["1", ""],
  ["", ""],
  ["constructor", "constructor"],
])("prometheusUnit() of %j is %j", (unit, wanted) => {
  expect(prometheusUnit({ name: "x", unit, instrument: "histogram" })).toBe(wanted);
});

test("prometheusUnit() of a gauge with unit 1 is a ratio", () => {
  expect(prometheusUnit({ name: "x", unit: "1", instrument: "gauge" })).toBe("ratio");
});
