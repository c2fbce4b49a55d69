import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { metrics as api } from "@opentelemetry/api";
import { afterEach, expect, test } from "vitest";
import {
  initMetrics,
  type Metrics,
  type MetricsOptions,
  MetricsSetupError,
  recordCounter,
  recordHistogram,
} from "./mod.ts";
import { captureDiag } from "./testing/_captured_diag.ts";
import { samplesOf } from "./testing/_samples.ts";

let active: Metrics | undefined;
afterEach(async () => {
  await active?.shutdown();
  active = undefined;
  api.disable();
});

async function start(options: MetricsOptions = {}): Promise<Metrics> {
  active = await initMetrics({ prometheus: { listen: false }, ...options });
  return active;
}

async function setupError(work: Promise<unknown>): Promise<MetricsSetupError> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MetricsSetupError);
  return error as MetricsSetupError;
}

const SCOPE = 'otel_scope_name="@dcmx-tracing/metrics"';

test("initMetrics() serves what the lines of the guide record", async () => {
  const metrics = await start({ prometheus: { port: 0 } });
  recordCounter("artist.verifications", 1);
  recordCounter("wallet.connections.total", 1);
  recordCounter("wallet.connections", 1);
  recordCounter("nft.mints.total", 1);
  recordHistogram("nft.mint.duration_ms", 1500);
  const response = await fetch(String(metrics.url));
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(samplesOf(await response.text())).toMatchObject({
    [`artist_verifications_total{${SCOPE}}`]: "1",
    [`wallet_connections_total{${SCOPE}}`]: "2",
    [`nft_mints_total{${SCOPE}}`]: "1",
    [`nft_mint_duration_seconds_sum{${SCOPE}}`]: "1.5",
    [`nft_mint_duration_seconds_bucket{${SCOPE},le="1.0"}`]: "0",
    [`nft_mint_duration_seconds_bucket{${SCOPE},le="2.5"}`]: "1",
  });
});

test("initMetrics() writes a page in the classic format", async () => {
  const metrics = await start({ prometheus: { listen: false, scopeLabels: false }, serviceName: "dcmx" });
  recordCounter("nft.mints", 2, { "nft.status": "minted" });
  recordHistogram("watermark.confidence_score", 0.97);
  const lines = (await metrics.collect()).split("\n").filter((line) => !line.startsWith("target_info"));
  expect(lines.join("\n")).toBe(`# HELP target_info Attributes of the resource.
# TYPE target_info gauge
# HELP nft_mints_total Tokens that were minted.
# TYPE nft_mints_total counter
nft_mints_total{nft_status="minted"} 2
# HELP watermark_confidence_score Confidence of the watermark checks, 0 to 1.
# TYPE watermark_confidence_score histogram
watermark_confidence_score_bucket{le="0.5"} 0
watermark_confidence_score_bucket{le="0.8"} 0
watermark_confidence_score_bucket{le="0.9"} 0
watermark_confidence_score_bucket{le="0.95"} 0
watermark_confidence_score_bucket{le="0.98"} 1
watermark_confidence_score_bucket{le="0.99"} 1
watermark_confidence_score_bucket{le="0.999"} 1
watermark_confidence_score_bucket{le="1.0"} 1
watermark_confidence_score_bucket{le="+Inf"} 1
watermark_confidence_score_sum 0.97
watermark_confidence_score_count 1
`);
});

test("initMetrics() writes a page in OpenMetrics, with units and without _total in the name of a counter", async () => {
  const metrics = await start({ prometheus: { listen: false, scopeLabels: false }, serviceName: "dcmx" });
  recordCounter("nft.mints", 2);
  recordHistogram("rpc.client.call.duration", 0.004);
  const page = await metrics.collect("openmetrics");
  expect(page.split("\n").filter((line) => /^(#|nft|rpc.*(sum|count))/.test(line))).toEqual([
    "# HELP target Attributes of the resource.",
    "# TYPE target info",
    "# HELP nft_mints Tokens that were minted.",
    "# TYPE nft_mints counter",
    "nft_mints_total 2",
    "# HELP rpc_client_call_duration_seconds Duration of the calls to the RPC endpoint, retries included.",
    "# TYPE rpc_client_call_duration_seconds histogram",
    "# UNIT rpc_client_call_duration_seconds seconds",
    "rpc_client_call_duration_seconds_sum 0.004",
    "rpc_client_call_duration_seconds_count 1",
    "# EOF",
  ]);
  expect(page.endsWith("# EOF\n")).toBe(true);
});

test("initMetrics() tells the resource as target_info, options before the environment", async () => {
  process.env.OTEL_RESOURCE_ATTRIBUTES = "region=eu,tier=gold";
  process.env.OTEL_SERVICE_NAME = "from-environment";
  const metrics = await start({ serviceName: "dcmx", resourceAttributes: { tier: "silver" } });
  delete process.env.OTEL_RESOURCE_ATTRIBUTES;
  delete process.env.OTEL_SERVICE_NAME;
  const [info] = Object.keys(samplesOf(await metrics.collect(), /^target_info/));
  for (const label of [
    'service_name="dcmx"',
    'region="eu"',
    'tier="silver"',
    'telemetry_sdk_language="nodejs"',
  ]) {
    expect(info).toContain(label);
  }
  await metrics.shutdown();
  const without = await start({ prometheus: { listen: false, targetInfo: false } });
  expect(await without.collect()).not.toContain("target_info");
});

test("initMetrics() takes instruments of the OpenTelemetry API, observable ones too", async () => {
  const metrics = await start();
  const meter = api.getMeter("shop", "1.2.3");
  meter.createCounter("orders", { unit: "{order}" }).add(2, { region: "eu" });
  meter.createObservableGauge("temperature", { unit: "Cel" }).addCallback((result) => result.observe(21.5));
  const scope = 'otel_scope_name="shop",otel_scope_version="1.2.3"';
  expect(samplesOf(await metrics.collect(), /^(orders|temperature)/)).toEqual({
    [`orders_total{${scope},region="eu"}`]: "2",
    [`temperature_celsius{${scope}}`]: "21.5",
  });
});

test("initMetrics() rejects a port in use, names it and the way out, and leaves nothing behind", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const error = await setupError(initMetrics({ prometheus: { port } }));
  server.close();
  expect(error.code).toBe("port_in_use");
  expect(error.message).toBe(
    `Cannot serve the Prometheus page as port ${port} of 127.0.0.1 is in use: set 'prometheus.port' to a free port, or to 0 to take any`,
  );
  const metrics = await start({ prometheus: { port: 0 } });
  expect(metrics.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*\/metrics$/);
});

test("initMetrics() rejects an address that is not of this machine", async () => {
  const error = await setupError(initMetrics({ prometheus: { host: "192.0.2.1", port: 0 } }));
  expect(error.code).toBe("listen_failed");
  expect(error.message).toContain("port 0 of 192.0.2.1");
});

test.each<[string, MetricsOptions, string]>([
  [
    "a port above 65535",
    { prometheus: { port: 70_000 } },
    "'prometheus.port' must be a whole number from 0 to 65535: current value is 70000",
  ],
  ["a port that is no number", { prometheus: { port: Number.NaN } }, "current value is NaN"],
  [
    "an empty host",
    { prometheus: { host: "" } },
    `'prometheus.host' must be an address such as '127.0.0.1': current value is ""`,
  ],
  [
    "a path without a slash",
    { prometheus: { path: "metrics" } },
    `'prometheus.path' must be a path that starts with '/': current value is "metrics"`,
  ],
  [
    "an empty token",
    { prometheus: { authToken: "" } },
    "'prometheus.authToken' must be a string that is not empty",
  ],
  [
    "a limit of zero",
    { cardinalityLimit: 0 },
    "'cardinalityLimit' must be a whole number above 0: current value is 0",
  ],
  [
    "a limit of one metric",
    { cardinalityLimits: { "nft.mints": 1.5 } },
    "'cardinalityLimits['nft.mints']' must be a whole number above 0: current value is 1.5",
  ],
  [
    "an interval of zero",
    { otlp: { intervalMs: 0 } },
    "'otlp.intervalMs' must be a whole number of milliseconds from 1 to 2147483647: current value is 0",
  ],
  [
    "a URL that is none",
    { otlp: { url: "collector:4318/v1 metrics" } },
    "'otlp.url' must be a URL that starts with http:// or https://",
  ],
])("initMetrics() rejects %s", async (_, options, message) => {
  const error = await setupError(initMetrics(options));
  expect(error.code).toBe("option_invalid");
  expect(error.message).toContain(message);
  // Nothing was left half-started.
  await start();
});

test("initMetrics() rejects a second set-up, also one that is started at the same time", async () => {
  const [one, two] = await Promise.allSettled([
    initMetrics({ prometheus: { port: 0 } }),
    initMetrics({ prometheus: { port: 0 } }),
  ]);
  expect([one.status, two.status]).toEqual(["fulfilled", "rejected"]);
  if (one.status === "fulfilled") active = one.value;
  expect((await setupError(initMetrics())).code).toBe("already_active");
  recordCounter("still.there");
  expect(await active?.collect()).toContain("still_there_total");
});

test("initMetrics() rejects to take the place of another MeterProvider, and closes its port again", async () => {
  const other = { getMeter: () => api.getMeter("none") };
  api.setGlobalMeterProvider(other);
  const error = await setupError(initMetrics({ prometheus: { port: 0 } }));
  expect(error.code).toBe("provider_registered");
  expect(api.getMeterProvider()).toBe(other);
  const metrics = await start({ registerGlobal: false });
  expect(api.getMeterProvider()).toBe(other);
  recordCounter("own.counter");
  expect(await metrics.collect()).toContain("own_counter_total");
  await metrics.shutdown();
  expect(api.getMeterProvider()).toBe(other);
});

test("Metrics.shutdown() closes the port, can be called twice and makes room for another set-up", async () => {
  const metrics = await start({ prometheus: { port: 0 } });
  const url = String(metrics.url);
  expect((await fetch(url)).status).toBe(200);
  await Promise.all([metrics.shutdown(), metrics.shutdown()]);
  await metrics[Symbol.asyncDispose]();
  await expect(fetch(url)).rejects.toThrow();
  const again = await start({ prometheus: { port: Number(new URL(url).port) } });
  expect(again.url).toBe(url);
});

test("Metrics.shutdown() of an earlier set-up does not end the present one", async () => {
  const first = await start();
  await first.shutdown();
  const second = await start();
  await first.shutdown();
  recordCounter("present.counter");
  expect(await second.collect()).toContain("present_counter_total");
});

test("initMetrics() holds the number of series of a metric to its limit, counted and said once", async () => {
  const said = captureDiag();
  const metrics = await start({
    prometheus: { listen: false, scopeLabels: false },
    cardinalityLimit: 3,
    cardinalityLimits: { "limit.two": 2 },
  });
  for (let i = 0; i < 10; i++) {
    recordCounter("limit.three", 1, { i });
    recordHistogram("limit.two", 1, { i });
  }
  api.getMeter("api").createCounter("limit.api").add(1, { i: 1 });
  const samples = samplesOf(await metrics.collect(), /^limit|overflow/);
  expect(samples).toMatchObject({
    'limit_three_total{i="0"}': "1",
    'limit_three_total{i="2"}': "1",
    'limit_three_total{otel_metric_overflow="true"}': "7",
    'limit_two_count{i="1"}': "1",
    'limit_two_count{otel_metric_overflow="true"}': "8",
    'dcmx_metrics_overflow_total{dcmx_metric_name="limit.three"}': "7",
    'dcmx_metrics_overflow_total{dcmx_metric_name="limit.two"}': "8",
  });
  expect(samples).not.toHaveProperty('limit_three_total{i="3"}');
  expect(said.lines).toHaveLength(2);
  expect(said.lines.sort()[0]).toBe(
    "The metric 'limit.three' has reached its cardinality limit: further attributes share one series with otel.metric.overflow=true. Record fewer distinct attribute values, or raise 'cardinalityLimits'.",
  );
  said.stop();
});

test("initMetrics() passes the attributes of each new series through attributeFilter, and drops them when it throws", async () => {
  const said = captureDiag();
  const calls: string[] = [];
  const metrics = await start({
    prometheus: { listen: false, scopeLabels: false },
    attributeFilter(attributes, metric) {
      calls.push(metric);
      if (attributes.bad !== undefined) throw new Error("filter");
      return { ...attributes, email: "[redacted]" };
    },
  });
  for (let i = 0; i < 5; i++) recordCounter("filtered.counter", 1, { email: "a@example.org" });
  recordCounter("filtered.counter", 1, { bad: "secret" });
  api.getMeter("").createCounter("filtered.api").add(1, { email: "b@example.org" });
  const page = await metrics.collect();
  expect(samplesOf(page, /^filtered/)).toEqual({
    'filtered_counter_total{email="[redacted]"}': "5",
    filtered_counter_total: "1",
    'filtered_api_total{email="[redacted]"}': "1",
  });
  expect(calls).toEqual(["filtered.counter", "filtered.counter", "filtered.api"]);
  expect(page).not.toMatch(/example\.org|secret/);
  expect(said.lines).toEqual([
    "Left the attributes of metrics out because 'attributeFilter' threw: Error: filter",
  ]);
  said.stop();
});
