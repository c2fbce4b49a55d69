import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { metrics as api } from "@opentelemetry/api";
import { afterEach, expect, test } from "vitest";
import { initMetrics, type Metrics, MetricsSetupError, recordCounter, recordHistogram } from "./mod.ts";

let active: Metrics | undefined;
afterEach(async () => {
  await active?.shutdown();
  active = undefined;
});

/** The lines of a page that are samples of names with a prefix. */
function samples(page: string, prefix: string): string[] {
  return page.split("\n").filter((line) => line.startsWith(prefix));
}

const SCOPE = 'otel_scope_name="@dcmx-tracing/metrics"';

test("initMetrics() serves what the lines of the guide record", async () => {
  active = await initMetrics({ prometheus: { port: 0 } });
  recordCounter("artist.verifications", 1);
  recordCounter("wallet.connections.total", 1);
  recordCounter("wallet.connections", 1);
  recordCounter("nft.mints.total", 1);
  recordHistogram("nft.mint.duration_ms", 1500);
  const response = await fetch(String(active.url));
  const page = await response.text();
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(samples(page, "artist_verifications")).toEqual([`artist_verifications_total{${SCOPE}} 1`]);
  expect(samples(page, "wallet_connections")).toEqual([`wallet_connections_total{${SCOPE}} 2`]);
  expect(samples(page, "nft_mints")).toEqual([`nft_mints_total{${SCOPE}} 1`]);
  expect(samples(page, "nft_mint_duration_seconds_sum")).toEqual([
    `nft_mint_duration_seconds_sum{${SCOPE}} 1.5`,
  ]);
  expect(samples(page, "nft_mint_duration_seconds_bucket")).toContain(
    `nft_mint_duration_seconds_bucket{${SCOPE},le="2.5"} 1`,
  );
});

test("recordCounter() made before initMetrics() records after it, and again after the next one", async () => {
  recordCounter("early.bird");
  for (let round = 0; round < 2; round++) {
    const metrics = await initMetrics({ prometheus: { listen: false } });
    recordCounter("early.bird", 3);
    expect(samples(await metrics.collect(), "early_bird")).toEqual([`early_bird_total{${SCOPE}} 3`]);
    await metrics.shutdown();
    recordCounter("early.bird", 5);
  }
});

test("initMetrics() takes instruments of the OpenTelemetry API, observable ones too", async () => {
  active = await initMetrics({ prometheus: { listen: false } });
  const meter = api.getMeter("shop", "1.2.3");
  meter.createCounter("orders", { unit: "{order}" }).add(2, { region: "eu" });
  meter.createObservableGauge("temperature", { unit: "Cel" }).addCallback((result) => result.observe(21.5));
  const page = await active.collect();
  const scope = 'otel_scope_name="shop",otel_scope_version="1.2.3"';
  expect(samples(page, "orders")).toEqual([`orders_total{${scope},region="eu"} 2`]);
  expect(samples(page, "temperature")).toEqual([`temperature_celsius{${scope}} 21.5`]);
});

test("initMetrics() rejects a port in use and names it and the way out", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const error: unknown = await initMetrics({ prometheus: { port } }).catch((reason: unknown) => reason);
  server.close();
  expect(error).toBeInstanceOf(MetricsSetupError);
  expect((error as MetricsSetupError).code).toBe("port_in_use");
  expect((error as MetricsSetupError).message).toBe(
    `Cannot serve the Prometheus page as port ${port} of 127.0.0.1 is in use: set 'prometheus.port' to a free port, or to 0 to take any`,
  );
  active = await initMetrics({ prometheus: { port: 0 } });
  expect(active.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
});
