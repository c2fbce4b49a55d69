import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ATTRIBUTES } from "@dcmx-tracing/conventions";
import { afterAll, expect, test } from "vitest";
import { infra, infraFiles, infraText, infraYaml } from "./infra_files.ts";
import { findServer, runTool } from "./servers/find_server.ts";

const jaeger = findServer("jaeger");
const folder = mkdtempSync(join(tmpdir(), "dcmx-jaeger-"));
afterAll(() => rmSync(folder, { recursive: true }));

const own = infraFiles("jaeger", ".yaml").filter((file) => !file.endsWith("gateway.yaml"));

/**
 * The images run Jaeger 2.20; the newest Jaeger that can be built through the Go proxy is 2.13. One key differs:
 * Kafka topics became a list in between (open-telemetry/opentelemetry-collector-contrib#44575).
 */
function forInstalledJaeger(text: string): string {
  return text.replace(/topics: \[(.*)\]/, "topic: $1");
}

test.skipIf(jaeger.missing).each(own)("jaeger validate accepts %s", (file) => {
  const copy = join(folder, file.replaceAll("/", "_"));
  writeFileSync(copy, forInstalledJaeger(infraText(file)));
  const { status, output } = runTool(jaeger.path, ["validate", "--config", copy]);
  expect(status, output).toBe(0);
});

test.skipIf(jaeger.missing)(
  "jaeger validate accepts gateway.yaml but for what only the contrib collector has",
  () => {
    const { output } = runTool(jaeger.path, ["validate", "--config", infra("jaeger/scale/gateway.yaml")]);
    const problems = output.split("\n").filter((line) => line.startsWith("'"));
    expect(new Set(problems.map((line) => /unknown type: "(\w+)"/.exec(line)?.[1]))).toEqual(
      new Set(["loadbalancing", "health_check"]),
    );
  },
);

interface Policy {
  readonly string_attribute?: { key: string; values: string[] };
  readonly boolean_attribute?: { key: string };
}

test("tail sampling asks for attributes and values of the catalogue", () => {
  const { processors } = infraYaml<{ processors: { tail_sampling: { policies: Policy[] } } }>(
    "jaeger/scale/sampler.yaml",
  );
  const asked = processors.tail_sampling.policies.flatMap((policy) => {
    const { key, values = [] } = { ...policy.string_attribute, ...policy.boolean_attribute };
    return key === undefined ? [] : [{ key, values }];
  });
  expect(asked.map(({ key }) => key)).toEqual(["tx.status", "watermark.tampered"]);
  for (const { key, values } of asked) {
    const definition = ATTRIBUTES.find(({ name }) => name === key);
    expect(definition, key).toBeDefined();
    expect(values.filter((value) => !definition?.values?.includes(value))).toEqual([]);
  }
});

test("only the memory configuration forgets, and Badger is told to keep", () => {
  const storage = (file: string): unknown =>
    infraYaml<{ extensions: { jaeger_storage: { backends: { traces: unknown } } } }>(file).extensions
      .jaeger_storage.backends.traces;
  expect(storage("jaeger/jaeger.yaml")).toEqual({ memory: { max_traces: 50_000 } });
  expect(storage("jaeger/jaeger.prod.yaml")).toMatchObject({ badger: { ephemeral: false } });
});
