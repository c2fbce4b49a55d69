import { metrics as api } from "@opentelemetry/api";
import { afterEach, expect, test } from "vitest";
import {
  initMetrics,
  type Metrics,
  prometheusName,
  recordCounter,
  recordGauge,
  recordHistogram,
  recordUpDown,
} from "./mod.ts";
import { type OtlpMetricsReceiver, startOtlpMetricsReceiver } from "./testing/_otlp_metrics_receiver.ts";
import { samplesOf } from "./testing/_samples.ts";

const DELTA = 1;
const CUMULATIVE = 2;

let active: Metrics | undefined;
let receiver: OtlpMetricsReceiver | undefined;
afterEach(async () => {
  await active?.shutdown();
  receiver?.close();
});

async function start(
  temporality: "cumulative" | "delta" = "cumulative",
): Promise<[Metrics, OtlpMetricsReceiver]> {
  receiver = await startOtlpMetricsReceiver();
  active = await initMetrics({
    serviceName: "dcmx",
    prometheus: { listen: false, scopeLabels: false, targetInfo: false },
    otlp: { url: receiver.url, headers: { "x-tenant": "t" }, intervalMs: 3_600_000, temporality },
  });
  return [active, receiver];
}

function recordAll(): void {
  recordCounter("nft.mints", 2, { "nft.status": "minted" });
  recordUpDown("blockchain.tx.pending", 3);
  recordGauge("blockchain.block.height", 100);
  recordHistogram("nft.mint.duration", 0.3);
  api.getMeter("rpc").createCounter("rpc.counter").add(1);
  api
    .getMeter("rpc")
    .createObservableCounter("rpc.observable")
    .addCallback((result) => result.observe(5));
}

test("initMetrics() pushes by OTLP what the page shows, under names that become the same", async () => {
  const [metrics, { pushes }] = await start();
  recordAll();
  await metrics.flush();
  const [push] = pushes;
  expect(push?.headers).toMatchObject({ "content-type": "application/x-protobuf", "x-tenant": "t" });
  expect(push?.resource).toMatchObject({ "service.name": "dcmx" });
  const names = new Set(
    Object.keys(samplesOf(await metrics.collect())).map((sample) => sample.replace(/\{.*/, "")),
  );
  expect(push?.metrics.map((metric) => metric.name).sort()).toEqual([
    "blockchain.block.height",
    "blockchain.tx.pending",
    "nft.mint.duration",
    "nft.mints",
    "rpc.counter",
    "rpc.observable",
  ]);
  for (const { name, unit, kind, monotonic } of push?.metrics ?? []) {
    const instrument = kind === "sum" ? (monotonic ? "counter" : "updowncounter") : kind;
    const sample = prometheusName({ name, unit, instrument });
    expect(names).toContain(kind === "histogram" ? `${sample}_count` : sample);
  }
});

test("initMetrics() pushes totals by default", async () => {
  const [metrics, { pushes }] = await start();
  for (const wanted of [2, 4]) {
    recordCounter("nft.mints", 2, { "nft.status": "minted" });
    recordHistogram("nft.mint.duration", 0.3);
    await metrics.flush();
    const found = new Map(pushes.at(-1)?.metrics.map((metric) => [metric.name, metric]));
    expect(found.get("nft.mints")).toMatchObject({
      scope: "@dcmx-tracing/metrics",
      unit: "{mint}",
      kind: "sum",
      monotonic: true,
      temporality: CUMULATIVE,
      points: [{ attributes: { "nft.status": "minted" }, value: wanted }],
    });
    expect(found.get("nft.mint.duration")?.points[0]).toMatchObject({
      count: wanted / 2,
      sum: 0.3 * (wanted / 2),
    });
  }
});

test("initMetrics() pushes what was added since the last push with delta, but levels as levels", async () => {
  const [metrics, { pushes }] = await start("delta");
  for (const round of [1, 2]) {
    recordCounter("nft.mints", round);
    recordUpDown("blockchain.tx.pending", 3);
    for (let i = 0; i < round; i++) recordHistogram("nft.mint.duration", 0.5);
    await metrics.flush();
    const found = new Map(pushes.at(-1)?.metrics.map((metric) => [metric.name, metric]));
    expect(found.get("nft.mints")).toMatchObject({ temporality: DELTA, points: [{ value: round }] });
    expect(found.get("nft.mint.duration")).toMatchObject({
      temporality: DELTA,
      points: [{ count: round, sum: round / 2 }],
    });
    expect(found.get("nft.mint.duration")?.points[0]?.counts?.[2]).toBe(round);
    expect(found.get("blockchain.tx.pending")).toMatchObject({
      temporality: CUMULATIVE,
      points: [{ value: 3 * round }],
    });
  }
  // The page goes on with totals.
  expect(samplesOf(await metrics.collect(), /mints|count/)).toEqual({
    nft_mints_total: "3",
    nft_mint_duration_seconds_count: "3",
  });
});

test("initMetrics() pushes what was refused, and the rest at shutdown", async () => {
  const [metrics, { pushes }] = await start();
  recordCounter("push.refused", Number.NaN);
  recordCounter("push.last", 1);
  await metrics.shutdown();
  const found = new Map(pushes.at(-1)?.metrics.map((metric) => [metric.name, metric]));
  expect(found.get("push.last")?.points[0]?.value).toBe(1);
  expect(found.get("dcmx.metrics.refused")?.points).toContainEqual(
    expect.objectContaining({
      attributes: { "dcmx.metric.name": "push.refused", "dcmx.refusal.reason": "not_finite" },
      value: 1,
    }),
  );
});

test("Metrics.flush() and shutdown() end without an error when nobody receives", async () => {
  active = await initMetrics({
    prometheus: { listen: false },
    otlp: { url: "http://127.0.0.1:9/v1/metrics", timeoutMs: 300 },
  });
  recordCounter("nobody.counter");
  await active.flush(500);
  await active.shutdown(500);
});
