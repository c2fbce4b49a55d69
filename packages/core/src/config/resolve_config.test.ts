import fc from "fast-check";
import { expect, test } from "vitest";
import type { TracingOptions } from "../tracing_options.ts";
import { DEFINITIONS } from "./_definitions.ts";
import { describeConfig } from "./describe_config.ts";
import { type ResolvedConfig, resolveConfig } from "./resolve_config.ts";
import { TracingConfigError } from "./tracing_config_error.ts";

const NAMED = { OTEL_SERVICE_NAME: "dcmx" };

function notes(config: ResolvedConfig): string[] {
  return config.notes.map((note) => note.code);
}

function problems(run: () => unknown): { code: string; from: string; value: string; suggestion?: string }[] {
  try {
    run();
  } catch (error) {
    if (error instanceof TracingConfigError) {
      return error.problems.map(({ code, from, value, suggestion }) =>
        suggestion === undefined ? { code, from, value } : { code, from, value, suggestion },
      );
    }
    throw error;
  }
  return [];
}

// One test for each row of the table "what users write".

test("resolveConfig() takes OTLP_ENDPOINT as an alias and says so once", () => {
  const config = resolveConfig({}, { ...NAMED, OTLP_ENDPOINT: "http://jaeger-collector:4318" });
  expect(config.tracesUrl).toMatchObject({
    value: "http://jaeger-collector:4318/v1/traces",
    source: "alias",
    from: "OTLP_ENDPOINT",
  });
  expect(notes(config)).toEqual(["variable.alias"]);
});

test("resolveConfig() lets OTEL_EXPORTER_OTLP_ENDPOINT win over OTLP_ENDPOINT", () => {
  const config = resolveConfig(
    {},
    { ...NAMED, OTLP_ENDPOINT: "http://a:4318", OTEL_EXPORTER_OTLP_ENDPOINT: "http://b:4318" },
  );
  expect(config.otlpEndpoint).toMatchObject({
    value: "http://b:4318",
    source: "env",
    overridden: ["OTLP_ENDPOINT"],
  });
  expect(config.tracesUrl.value).toBe("http://b:4318/v1/traces");
  expect(notes(config)).toEqual([]);
});

test("resolveConfig() infers http:// for an endpoint without a scheme and notes it", () => {
  const config = resolveConfig({}, { ...NAMED, OTEL_EXPORTER_OTLP_ENDPOINT: "127.0.0.1:24318" });
  expect(config.tracesUrl.value).toBe("http://127.0.0.1:24318/v1/traces");
  expect(config.protocol.value).toBe("http/protobuf");
  expect(notes(config)).toEqual(["endpoint.scheme_inferred"]);
});

test("resolveConfig() takes port 4317 for gRPC without TLS and prints the rule", () => {
  const config = resolveConfig({}, { ...NAMED, OTLP_ENDPOINT: "jaeger-collector.observability:4317" });
  expect(config.protocol).toMatchObject({ value: "grpc", source: "alias", from: "OTLP_ENDPOINT" });
  expect(config.tracesUrl.value).toBe("http://jaeger-collector.observability:4317");
  expect(config.notes.find((note) => note.code === "endpoint.protocol_inferred")?.message).toBe(
    "OTLP_ENDPOINT names port 4317, so gRPC is used, without TLS as the scheme is not https",
  );
});

test("resolveConfig() keeps TLS for gRPC when port 4317 comes with https", () => {
  const config = resolveConfig({ otlpEndpoint: "https://collector:4317" }, NAMED);
  expect(config.tracesUrl.value).toBe("https://collector:4317");
  expect(config.notes[0]?.message).toContain("with TLS as the scheme is https");
});

test("resolveConfig() strips /v1/traces from a base URL and warns", () => {
  const config = resolveConfig({}, { ...NAMED, OTEL_EXPORTER_OTLP_ENDPOINT: "http://h:4318/v1/traces" });
  expect(config.tracesUrl.value).toBe("http://h:4318/v1/traces");
  expect(config.otlpEndpoint.value).toBe("http://h:4318");
  expect(config.notes).toMatchObject([{ code: "endpoint.suffix_stripped", level: "warn" }]);
});

test("resolveConfig() uses a signal URL as it is and warns when it has no path", () => {
  const config = resolveConfig({}, { ...NAMED, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://h:4318" });
  expect(config.tracesUrl).toMatchObject({
    value: "http://h:4318/",
    from: "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
  });
  expect(config.notes).toMatchObject([{ code: "endpoint.signal_without_path", level: "warn" }]);
});

test("resolveConfig() takes OTEL_TRACES_SAMPLER_ARG alone for a parent-based ratio and notes it", () => {
  const config = resolveConfig({}, { ...NAMED, OTEL_TRACES_SAMPLER_ARG: "0.1" });
  expect(config.sampleRate.value).toBe(0.1);
  expect(config.sampler).toMatchObject({
    value: "parentbased_traceidratio",
    source: "env",
    from: "OTEL_TRACES_SAMPLER_ARG",
  });
  expect(notes(config)).toEqual(["sampling.rate_alone"]);
});

test("resolveConfig() refuses 10%, ratio and 1.5 together, each with what was probably meant", () => {
  expect(
    problems(() => resolveConfig({}, { OTEL_TRACES_SAMPLER_ARG: "10%", OTEL_TRACES_SAMPLER: "ratio" })),
  ).toEqual([
    {
      code: "sampling.sampler",
      from: "OTEL_TRACES_SAMPLER",
      value: '"ratio"',
      suggestion: "parentbased_traceidratio",
    },
    { code: "sampling.rate_range", from: "OTEL_TRACES_SAMPLER_ARG", value: '"10%"', suggestion: "0.1" },
  ]);
  expect(problems(() => resolveConfig({ sampleRate: 1.5 }, {}))).toMatchObject([
    { code: "sampling.rate_range", from: "sampleRate", value: "1.5" },
  ]);
});

test("resolveConfig() takes the protocol http for http/protobuf and refuses unknown ones with a suggestion", () => {
  expect(resolveConfig({}, { ...NAMED, OTEL_EXPORTER_OTLP_PROTOCOL: "http" }).protocol.value).toBe(
    "http/protobuf",
  );
  expect(problems(() => resolveConfig({}, { OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuff" }))).toEqual([
    {
      code: "protocol.unknown",
      from: "OTEL_EXPORTER_OTLP_PROTOCOL",
      value: '"http/protobuff"',
      suggestion: "http/protobuf",
    },
  ]);
});

test("resolveConfig() names a swap of port and protocol, both ways", () => {
  const grpcOnHttp = resolveConfig({ otlpEndpoint: "http://h:4318", protocol: "grpc" }, NAMED);
  const httpOnGrpc = resolveConfig({ otlpEndpoint: "http://h:4317", protocol: "http/protobuf" }, NAMED);
  expect(grpcOnHttp.notes).toMatchObject([{ code: "endpoint.port_protocol", level: "warn" }]);
  expect(httpOnGrpc.notes).toMatchObject([{ code: "endpoint.port_protocol", level: "warn" }]);
  expect(httpOnGrpc.protocol.value).toBe("http/protobuf");
});

test("resolveConfig() keeps environment and region and maps them to the standard names as well", () => {
  const config = resolveConfig(
    {},
    { ...NAMED, OTEL_RESOURCE_ATTRIBUTES: "environment=production,region=us-east-1" },
  );
  expect(config.resourceAttributes.value).toEqual({
    environment: "production",
    region: "us-east-1",
    "deployment.environment.name": "production",
    "cloud.region": "us-east-1",
  });
  expect(config.environment).toMatchObject({
    value: "production",
    from: "OTEL_RESOURCE_ATTRIBUTES (deployment.environment.name)",
  });
  expect(notes(config)).toEqual(["resource.renamed", "resource.renamed"]);
});

// Precedence.

test("resolveConfig() prefers option, then OTEL variable, then alias, then default, and lists who lost", () => {
  const env = {
    ...NAMED,
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://env:4318",
    OTLP_ENDPOINT: "http://alias:4318",
  };
  const config = resolveConfig({ otlpEndpoint: "http://option:4318" }, env);
  expect(config.otlpEndpoint).toMatchObject({
    value: "http://option:4318",
    source: "option",
    from: "otlpEndpoint",
    default: "http://localhost:4318",
    overridden: ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTLP_ENDPOINT"],
  });
  expect(resolveConfig({}, NAMED).otlpEndpoint).toMatchObject({ source: "default", from: "default" });
});

test("resolveConfig() lets a base URL given as an option win over a signal URL in a variable", () => {
  const env = { ...NAMED, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://env:4318/v1/traces" };
  const config = resolveConfig({ otlpEndpoint: "http://option:4318" }, env);
  expect(config.tracesUrl).toMatchObject({
    value: "http://option:4318/v1/traces",
    from: "otlpEndpoint",
    overridden: ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"],
  });
});

test("resolveConfig() lets the signal variable win over the general one of the same source", () => {
  const config = resolveConfig(
    {},
    {
      ...NAMED,
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://base:4318",
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://signal:4318/custom",
      OTEL_EXPORTER_OTLP_COMPRESSION: "none",
      OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: "gzip",
    },
  );
  expect(config.tracesUrl.value).toBe("http://signal:4318/custom");
  expect(config.compression).toMatchObject({
    value: "gzip",
    from: "OTEL_EXPORTER_OTLP_TRACES_COMPRESSION",
    overridden: ["OTEL_EXPORTER_OTLP_COMPRESSION"],
  });
});

test("resolveConfig() lets service.name in the attributes name the service only where OTEL_SERVICE_NAME does not", () => {
  const attributes = { OTEL_RESOURCE_ATTRIBUTES: "service.name=from-attributes,service.version=1.2.3" };
  expect(resolveConfig({}, attributes).serviceName).toMatchObject({
    value: "from-attributes",
    from: "OTEL_RESOURCE_ATTRIBUTES (service.name)",
  });
  expect(resolveConfig({}, { ...attributes, ...NAMED }).serviceName.value).toBe("dcmx");
  expect(resolveConfig({ serviceName: "option" }, attributes).serviceName.value).toBe("option");
  expect(resolveConfig({ serviceName: "option" }, attributes).serviceVersion.value).toBe("1.2.3");
});

test("resolveConfig() treats empty variables as unset and drops the quotes of an env file", () => {
  const config = resolveConfig(
    {},
    { OTEL_SERVICE_NAME: '"dcmx"', OTEL_TRACES_SAMPLER: "", OTLP_ENDPOINT: '""' },
  );
  expect(config.serviceName.value).toBe("dcmx");
  expect(config.sampler.source).toBe("default");
  expect(config.otlpEndpoint.source).toBe("default");
});

test("resolveConfig() merges general headers with those for traces, which win by name", () => {
  const config = resolveConfig(
    {},
    {
      ...NAMED,
      OTEL_EXPORTER_OTLP_HEADERS: "a=1,b=2",
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: "b=3,auth=Basic%20eA==",
    },
  );
  expect(config.headers.value).toEqual({ a: "1", b: "3", auth: "Basic eA==" });
});

// Problems and notes.

test("TracingConfigError lists every problem at once, with code, rule, fix and the bad value", () => {
  const options = { sampleRate: -1, sampleRte: 0.5, batch: { maxQueueSpan: 1 }, protocol: "htp" };
  const found = problems(() =>
    // a caller in plain JavaScript can write anything
    resolveConfig(options as never, { OTEL_BSP_SCHEDULE_DELAY: "soon", OTEL_SDK_DISABLED: "yes" }),
  );
  expect(found).toEqual([
    { code: "option.unknown", from: "sampleRte", value: "***", suggestion: "sampleRate" },
    { code: "option.unknown", from: "batch.maxQueueSpan", value: "***", suggestion: "batch.maxQueueSpans" },
    { code: "type.boolean", from: "OTEL_SDK_DISABLED", value: '"yes"', suggestion: "true" },
    { code: "protocol.unknown", from: "protocol", value: '"htp"' },
    { code: "sampling.rate_range", from: "sampleRate", value: "-1" },
    { code: "type.number", from: "OTEL_BSP_SCHEDULE_DELAY", value: '"soon"' },
  ]);
});

test("TracingConfigError writes one line a problem and has a stable code", () => {
  try {
    resolveConfig({ sampleRate: 1.5 }, {});
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ name: "TracingConfigError", code: "ERR_TRACING_CONFIG" });
    expect(String(error)).toBe(
      "TracingConfigError: Cannot start tracing as its configuration has a problem:\n" +
        "  - sampleRate must be a number from 0 to 1: current value is 1.5." +
        " Give the share of traces to keep: 0.1 keeps a tenth. [sampling.rate_range]",
    );
  }
});

test("resolveConfig() points from a misspelt variable to the one that was probably meant", () => {
  const config = resolveConfig(
    {},
    {
      ...NAMED,
      OTEL_EXPORTER_OTLP_ENDPIONT: "http://x:4318",
      OTEL_METRICS_EXPORTER: "none",
      OTEL_SOMETHING_ELSE: "1",
    },
  );
  expect(config.notes).toEqual([
    {
      code: "variable.unknown",
      level: "warn",
      setting: "OTEL_EXPORTER_OTLP_ENDPIONT",
      message:
        "OTEL_EXPORTER_OTLP_ENDPIONT is not a known variable: did you mean OTEL_EXPORTER_OTLP_ENDPOINT?",
    },
  ]);
});

test("resolveConfig() says that the Jaeger exporter's variables do nothing", () => {
  const config = resolveConfig({}, { ...NAMED, OTEL_EXPORTER_JAEGER_ENDPOINT: "http://x:14268" });
  expect(notes(config)).toEqual(["variable.removed"]);
});

test("resolveConfig() says when a rate has no effect, and when a ratio sampler has no rate", () => {
  const ignored = resolveConfig(
    {},
    { ...NAMED, OTEL_TRACES_SAMPLER: "always_on", OTEL_TRACES_SAMPLER_ARG: "0.5" },
  );
  expect(notes(ignored)).toEqual(["sampling.rate_ignored"]);
  const missing = resolveConfig({ sampler: "traceidratio" }, NAMED);
  expect(notes(missing)).toEqual(["sampling.rate_missing"]);
});

test("resolveConfig() warns when no service name is set", () => {
  expect(notes(resolveConfig({}, {}))).toEqual(["resource.no_service_name"]);
});

test("resolveConfig() checks TLS files: readable, in a pair, and of use", () => {
  expect(problems(() => resolveConfig({ tls: { caFile: "/no/such/file" } }, {}))).toMatchObject([
    { code: "tls.file", from: "tls.caFile", value: '"/no/such/file"' },
  ]);
  const file = new URL(import.meta.url).pathname;
  expect(problems(() => resolveConfig({ tls: { certFile: file } }, {}))).toMatchObject([
    { code: "tls.pair", from: "tls.certFile" },
  ]);
  expect(notes(resolveConfig({ tls: { caFile: file } }, NAMED))).toEqual(["tls.unused"]);
});

test("resolveConfig() refuses a spool with a protocol that cannot use it", () => {
  const options = { spool: { directory: "/tmp/spool" }, protocol: "grpc" } as const;
  expect(problems(() => resolveConfig(options, {}))).toMatchObject([
    { code: "spool.protocol", from: "spool.directory" },
  ]);
});

test("resolveConfig() refuses a batch that is larger than the queue", () => {
  expect(problems(() => resolveConfig({}, { OTEL_BSP_MAX_QUEUE_SIZE: "100" }))).toMatchObject([
    { code: "batch.size", from: "default", value: "512" },
  ]);
});

test("resolveConfig() refuses options that are no object, and groups that are none", () => {
  // callers in plain JavaScript
  expect(problems(() => resolveConfig("dcmx" as never, {}))).toMatchObject([
    { code: "option.type", from: "options" },
  ]);
  expect(problems(() => resolveConfig({ batch: 5 } as never, {}))).toMatchObject([
    { code: "option.type", from: "batch" },
  ]);
  expect(problems(() => resolveConfig({ wrapExporter: {} } as never, {}))).toMatchObject([
    { code: "option.type" },
  ]);
});

test("resolveConfig() never prints a header value: not in errors, JSON, notes or by console", async () => {
  const secret = "s3cr3t-value";
  const config = resolveConfig({ headers: { authorization: secret } }, NAMED);
  const { inspect } = await import("node:util");
  expect(JSON.stringify(config)).not.toContain(secret);
  expect(inspect(config, { depth: 10 })).not.toContain(secret);
  expect(config.headers.value).toEqual({ authorization: secret });
  const found = problems(() => resolveConfig({}, { OTEL_EXPORTER_OTLP_HEADERS: `authorization ${secret}` }));
  expect(found).toEqual([{ code: "type.key_values", from: "OTEL_EXPORTER_OTLP_HEADERS", value: "***" }]);
});

class VendorExporter {
  readonly apiKey: string;
  constructor(apiKey: string) {
    this.apiKey = apiKey;
  }
  export(): void {}
  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

test.each<[string, (secret: string) => TracingOptions]>([
  ["the password of a URL", (secret) => ({ otlpEndpoint: `http://bob:${secret}@127.0.0.1:4318` })],
  ["the key of a URL", (secret) => ({ tracesUrl: `https://otlp.example.com/v1/traces?api-key=${secret}` })],
  [
    "the header of an exporter",
    (secret) => ({
      exporter: { kind: "otlp-http", url: "http://127.0.0.1:4318/v1/traces", headers: { "x-team": secret } },
    }),
  ],
  [
    "the password of an exporter's URL",
    (secret) => ({ exporter: ["otlp", { kind: "otlp-http", url: `http://bob:${secret}@127.0.0.1:4318/` }] }),
  ],
  [
    "the TLS key of an exporter",
    (secret) => ({ exporter: { kind: "otlp-http", url: "https://127.0.0.1:4318", tls: { key: secret } } }),
  ],
  ["a field of an exporter object", (secret) => ({ exporter: new VendorExporter(secret) })],
  [
    "a field of an exporter object in a target",
    (secret) => ({ exporter: { kind: "exporter", exporter: new VendorExporter(secret) } }),
  ],
])("resolveConfig() never prints %s, neither as JSON nor by console nor described", async (_, options) => {
  const secret = "s3cr3t-value";
  const config = resolveConfig(options(secret), NAMED);
  const { inspect } = await import("node:util");
  expect(JSON.stringify(config)).not.toContain(secret);
  expect(inspect(config, { depth: 10 })).not.toContain(secret);
  expect(JSON.stringify(describeConfig(config))).not.toContain(secret);
  expect(inspect(config.exporter.value, { depth: 10 }) + config.tracesUrl.value).toContain(secret);
});

test("resolveConfig() names no two settings with the same variable, and gives every number of a time or size a unit", () => {
  const names = Object.values(DEFINITIONS).flatMap(({ env, alias }) => [...env, ...alias]);
  expect(new Set(names).size).toBe(names.length);
  for (const [name, { type, unit }] of Object.entries(DEFINITIONS)) {
    if (type === "number" && /Ms$|Bytes$|Spans$/.test(name))
      expect([name, unit]).toEqual([name, expect.any(String)]);
  }
});

test("resolveConfig() throws nothing but TracingConfigError, whatever the variables hold", () => {
  const names = Object.values(DEFINITIONS).flatMap(({ env, alias }) => [...env, ...alias]);
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), fc.string()), (env) => {
      try {
        resolveConfig({}, env);
      } catch (error) {
        expect(error).toBeInstanceOf(TracingConfigError);
      }
    }),
  );
});

test("resolveConfig() throws nothing but TracingConfigError, whatever the options hold", () => {
  const name = fc.constantFrom(...Object.keys(DEFINITIONS).map((key) => key.split(".")[0] ?? key), "other");
  fc.assert(
    fc.property(
      fc.dictionary(name, fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true })),
      (options) => {
        try {
          // plain JavaScript can pass anything
          resolveConfig(options as never, {});
        } catch (error) {
          expect(error).toBeInstanceOf(TracingConfigError);
        }
      },
    ),
  );
});
