import { expect, test } from "vitest";
import { DEFINITIONS } from "./_definitions.ts";
import { attributes, headers, parseKeyValues } from "./_key_values.ts";
import { Invalid, type Parse, type RawKind } from "./_parsers.ts";

function parsed(parse: Parse<unknown>, raw: unknown, kind: RawKind): unknown {
  const value = parse(raw, kind);
  return value instanceof Invalid ? `invalid ${value.code}` : value;
}

const CASES: [keyof typeof DEFINITIONS, RawKind, unknown, unknown][] = [
  ["disabled", "env", "TRUE", true],
  ["disabled", "env", "1", "invalid type.boolean"],
  ["disabled", "option", "true", "invalid type.boolean"],
  ["sampleRate", "env", "0.25", 0.25],
  ["sampleRate", "env", " 1 ", 1],
  ["sampleRate", "env", "1.01", "invalid sampling.rate_range"],
  ["sampleRate", "env", "0x1", 1],
  ["sampleRate", "env", "NaN", "invalid sampling.rate_range"],
  ["sampleRate", "option", "0.5", "invalid sampling.rate_range"],
  ["sampleRate", "option", Number.NaN, "invalid sampling.rate_range"],
  ["exportTimeoutMs", "env", "2500", 2500],
  ["exportTimeoutMs", "env", "2.5", "invalid type.number"],
  ["exportTimeoutMs", "env", "5s", "invalid type.number"],
  ["exportTimeoutMs", "option", 0, "invalid type.number"],
  ["limits.attributeLength", "option", Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ["limits.attributes", "env", "-1", "invalid type.number"],
  ["compression", "env", "GZIP", "gzip"],
  ["compression", "env", "zstd", "invalid compression.unknown"],
  ["protocol", "env", "grpc", "grpc"],
  ["protocol", "env", "HTTP/JSON", "http/json"],
  ["protocol", "env", "http_protobuf", "http/protobuf"],
  ["propagators", "env", "b3, jaeger,b3", ["b3", "jaeger"]],
  ["propagators", "env", "b4", "invalid propagators.unknown"],
  ["propagators", "option", "b3", "invalid type.list"],
  ["resourceDetectors", "env", "env,host,serviceinstance", ["env", "host", "serviceinstance"]],
  ["exporter", "env", "console,otlp", ["console", "otlp"]],
  ["exporter", "env", "none", ["none"]],
  ["exporter", "env", "none,otlp", "invalid exporter.none"],
  ["exporter", "env", "zipkin", "invalid exporter.unknown"],
  ["exporter", "option", {}, "invalid exporter.unknown"],
  ["sampler", "env", "ALWAYS_ON", "always_on"],
  ["sampler", "env", "jaeger_remote", "invalid sampling.sampler"],
  ["sampler", "option", {}, "invalid sampling.sampler"],
  ["samplingRules", "option", [{ match: "a", rate: 2 }], "invalid sampling.rules"],
  ["samplingRules", "option", [{ rate: 1 }], "invalid sampling.rules"],
  ["samplingRules", "option", [5], "invalid sampling.rules"],
  ["samplingRules", "option", {}, "invalid sampling.rules"],
  ["tail.slowMs", "env", "500", 500],
  ["exceptionSignal", "env", "logs/dup", "logs/dup"],
  ["logLevel", "env", "DEBUG", "debug"],
  ["logLevel", "env", "loud", "invalid log.level"],
  ["serviceName", "option", "  ", "invalid type.text"],
  ["serviceName", "option", 5, "invalid type.text"],
  ["spool.maxBytes", "env", "100", "invalid type.number"],
];

test.each(CASES)("the setting %s takes from %s %o as %o", (name, kind, raw, expected) => {
  // each definition's parser answers with its own type; the table compares them all as unknown
  expect(parsed(DEFINITIONS[name].parse as Parse<unknown>, raw, kind)).toEqual(expected);
});

test.each([
  ["a=1,b=2", { a: "1", b: "2" }],
  [" a = 1 , , b=2,", { a: "1", b: "2" }],
  ["auth=Basic%20dXNlcg==", { auth: "Basic dXNlcg==" }],
  ["a=1%2C2", { a: "1,2" }],
  ["a=", { a: "" }],
])("parseKeyValues() reads %s", (text, expected) => {
  expect(parseKeyValues(text)).toEqual(expected);
});

test.each(["a", "=1", "a=%zz", "a=1,b"])("parseKeyValues() refuses %s", (text) => {
  expect(parseKeyValues(text)).toBeInstanceOf(Invalid);
});

test.each([
  [{ "x y": "1" }, "headers.name"],
  [{ a: "one\r\ntwo" }, "headers.value"],
  [{ a: 5 }, "headers.value"],
  [["a"], "headers.type"],
])("headers() refuses %o", (raw, code) => {
  expect(parsed(headers, raw, "option")).toBe(`invalid ${code}`);
});

test("headers() never repeats a value in its refusal", () => {
  const refusal = headers({ authorization: "secret\nvalue" }, "option");
  expect(JSON.stringify(refusal)).not.toContain("secret");
});

test("attributes() takes texts, numbers and booleans, and nothing else", () => {
  expect(parsed(attributes, { a: "x", b: 1, c: true }, "option")).toEqual({ a: "x", b: 1, c: true });
  expect(parsed(attributes, { a: null }, "option")).toBe("invalid resource.type");
  expect(parsed(attributes, { a: ["x"] }, "option")).toBe("invalid resource.type");
});
