import fc from "fast-check";
import { expect, test } from "vitest";
import { type EndpointInput, resolveEndpoint } from "./_endpoint.ts";
import { Invalid } from "./_parsers.ts";

function resolve(raw: string, more: Partial<EndpointInput> = {}): unknown {
  const result = resolveEndpoint({ raw, from: "otlpEndpoint", signal: false, protocol: undefined, ...more });
  if (result instanceof Invalid) return result.code;
  return [result.protocol, result.url, ...result.notes.map((note) => note.code)];
}

const CASES: [string, Partial<EndpointInput>, unknown][] = [
  ["http://h:4318", {}, ["http/protobuf", "http://h:4318/v1/traces"]],
  ["http://h:4318/", {}, ["http/protobuf", "http://h:4318/v1/traces"]],
  ["https://h/otlp/", {}, ["http/protobuf", "https://h/otlp/v1/traces"]],
  ["https://h/otlp?tenant=a", {}, ["http/protobuf", "https://h/otlp/v1/traces?tenant=a"]],
  ["http://h:4318/v1/traces/", {}, ["http/protobuf", "http://h:4318/v1/traces", "endpoint.suffix_stripped"]],
  ["h:4318", {}, ["http/protobuf", "http://h:4318/v1/traces", "endpoint.scheme_inferred"]],
  ["[::1]:4318", {}, ["http/protobuf", "http://[::1]:4318/v1/traces", "endpoint.scheme_inferred"]],
  ["h:4317", {}, ["grpc", "http://h:4317", "endpoint.scheme_inferred", "endpoint.protocol_inferred"]],
  ["grpc://h:9000", {}, ["grpc", "http://h:9000", "endpoint.protocol_inferred"]],
  ["grpcs://h:9000", {}, ["grpc", "https://h:9000", "endpoint.protocol_inferred"]],
  ["http://h:4317", { protocol: "grpc" }, ["grpc", "http://h:4317"]],
  ["http://h:4317/x", { protocol: "grpc" }, ["grpc", "http://h:4317", "endpoint.path_ignored"]],
  [
    "http://h:4317",
    { protocol: "http/json" },
    ["http/json", "http://h:4317/v1/traces", "endpoint.port_protocol"],
  ],
  ["http://h:4318", { protocol: "grpc" }, ["grpc", "http://h:4318", "endpoint.port_protocol"]],
  ["http://h:4318/x#y", {}, ["http/protobuf", "http://h:4318/x/v1/traces", "endpoint.hash_dropped"]],
  ["http://h:4318/in", { signal: true }, ["http/protobuf", "http://h:4318/in"]],
  ["http://h:4318", { signal: true }, ["http/protobuf", "http://h:4318/", "endpoint.signal_without_path"]],
  ["ftp://h", {}, "endpoint.scheme"],
  ["http://", {}, "endpoint.invalid_url"],
  ["http://h:99999", {}, "endpoint.invalid_url"],
  ["not a url", {}, "endpoint.invalid_url"],
];

test.each(CASES)("resolveEndpoint() reads %s %o", (raw, more, expected) => {
  expect(resolve(raw, more)).toEqual(expected);
});

test("resolveEndpoint() keeps credentials out of its notes", () => {
  const result = resolveEndpoint({
    raw: "http://u:pw@h:4318/v1/traces",
    from: "x",
    signal: true,
    protocol: "grpc",
  });
  expect(JSON.stringify(result instanceof Invalid ? result : result.notes)).not.toContain("pw");
});

test("resolveEndpoint() answers every text with a URL or a rule", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl()), fc.boolean(), (raw, signal) => {
      const result = resolveEndpoint({ raw, from: "x", signal, protocol: undefined });
      if (!(result instanceof Invalid)) expect(URL.canParse(result.url)).toBe(true);
    }),
  );
});

test("resolveEndpoint() gives the same URL when it is given its own endpoint again", () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true }), (raw) => {
      const first = resolveEndpoint({ raw, from: "x", signal: false, protocol: undefined });
      if (first instanceof Invalid) return;
      const again = resolveEndpoint({ raw: first.endpoint, from: "x", signal: false, protocol: undefined });
      expect(again).toMatchObject({ url: first.url });
    }),
  );
});
