import { expect, test } from "vitest";
import { SETTING_NAMES } from "./_read_settings.ts";
import { describeConfig } from "./describe_config.ts";
import { resolveConfig } from "./resolve_config.ts";

test("describeConfig() lists every setting once, with source, default and unit", () => {
  const lines = describeConfig(resolveConfig({ sampleRate: 0.5 }, { OTEL_EXPORTER_OTLP_TIMEOUT: "3000" }));
  expect(lines.map((line) => line.name)).toEqual(SETTING_NAMES);
  expect(lines.find((line) => line.name === "sampleRate")).toEqual({
    name: "sampleRate",
    value: "0.5",
    source: "option",
    from: "sampleRate",
    default: "1",
    type: "number",
    overridden: [],
  });
  expect(lines.find((line) => line.name === "exportTimeoutMs")).toMatchObject({
    value: "3000",
    source: "env",
    from: "OTEL_EXPORTER_OTLP_TIMEOUT",
    unit: "ms",
  });
});

test("describeConfig() masks headers and the credentials of the endpoint", () => {
  const env = {
    OTEL_EXPORTER_OTLP_HEADERS: "key=hunter2",
    OTEL_EXPORTER_OTLP_ENDPOINT: "https://u:hunter3@h/",
  };
  const text = JSON.stringify(describeConfig(resolveConfig({}, env)));
  expect(text).not.toMatch(/hunter[23]/);
  expect(text).toContain("***@h");
});
