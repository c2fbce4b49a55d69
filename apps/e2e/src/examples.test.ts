import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createArtist } from "../../examples/src/people.ts";
import { playScenes, type Scene } from "../../examples/src/run_demo.ts";
import { type Platform, startPlatform } from "../../examples/src/start_platform.ts";
import { onboard, order, sell } from "../../examples/src/workflows.ts";
import { canonicalOfProcess } from "./canonical_span.ts";
import { DASHBOARDS } from "./dashboards/dashboards.ts";
import { fillVariables } from "./promql_names.ts";
import { readTrace } from "./read_trace.ts";
import { rules, withoutThreshold } from "./rules.ts";
import { findServer } from "./servers/find_server.ts";
import { type RunningJaeger, startJaeger } from "./servers/start_jaeger.ts";
import { until } from "./servers/start_process.ts";
import { type RunningPrometheus, startPrometheus } from "./servers/start_prometheus.ts";

/** One artist, one track, one sale: what happens regularly has happened before the scenes are played. */
async function sellOne(platform: Platform): Promise<void> {
  const artist = await createArtist(1);
  await onboard(platform, artist);
  const { result } = await order(platform, artist.order("Prelude", platform.watermarkKey));
  await sell(platform, artist, String(result.tokenId));
}

const jaegerServer = findServer("jaeger");
const prometheusServer = findServer("prometheus");

describe.skipIf(jaegerServer.missing || prometheusServer.missing)("the running examples", () => {
  let jaeger: RunningJaeger;
  let platform: Platform;
  let prometheus: RunningPrometheus;
  let scenes: readonly Scene[];

  beforeAll(async () => {
    jaeger = await startJaeger(jaegerServer.path, "jaeger/jaeger.yaml");
    platform = await startPlatform({ otlpUrl: jaeger.otlpHttp });
    const services = Object.values(platform.services);
    prometheus = await startPrometheus(prometheusServer.path, {
      applications: Object.fromEntries(
        services.map(({ name, metricsUrl }) => [`dcmx-${name}`, new URL(metricsUrl ?? "").host]),
      ),
      jaeger: jaeger.scrape,
      interval: "1s",
    });
    await scraped();
    // A counter is first seen at its first value; a rate needs a second one.
    await sellOne(platform);
    await scraped();
    scenes = await playScenes(platform);
    await Promise.all(services.map((service) => service.flush()));
    await scraped();
  }, 180_000);
  afterAll(async () => {
    await prometheus?.stop();
    await platform?.stop();
    await jaeger?.stop();
  });

  /** Waits for two more scrapes of every target. */
  async function scraped(): Promise<void> {
    const fewest = "min(count_over_time(scrape_samples_scraped[10m]))";
    const before = (await prometheus.query(fewest))[0]?.value ?? 0;
    await until(
      async () => ((await prometheus.query(fewest))[0]?.value ?? 0) >= before + 2,
      "every target is scraped",
    );
  }

  test("every trace of the workflows, across three services, is in Jaeger as it was sent", async () => {
    const traced = scenes.filter(({ traceId }) => traceId !== undefined);
    expect(traced.length).toBeGreaterThan(4);
    for (const { title, traceId = "" } of traced) {
      const sent = platform.collector.spans().filter((span) => span.spanContext().traceId === traceId);
      expect(sent.length, title).toBeGreaterThan(0);
      expect(await readTrace(jaeger.query, traceId, sent.length), title).toEqual(canonicalOfProcess(sent));
    }
  });

  test("Jaeger knows the three services", async () => {
    const answer = await fetch(`${jaeger.query}/api/v3/services`, { headers: { connection: "close" } });
    expect(await answer.json()).toMatchObject({
      services: expect.arrayContaining(["dcmx-api", "dcmx-minter", "dcmx-royalties"]),
    });
  });

  test("report", async () => {
    const empty: string[] = [];
    for (const board of DASHBOARDS)
      for (const row of board.rows)
        for (const panel of row.panels)
          for (const { expr, legend } of panel.queries) {
            const found = (await prometheus.query(fillVariables(expr))).filter(({ value }) =>
              Number.isFinite(value),
            );
            if (found.length === 0) empty.push(`${board.title} / ${panel.title} / ${legend ?? ""}`);
          }
    for (const rule of rules()) {
      const found = (await prometheus.query(rule.record ?? withoutThreshold(rule.expr))).filter(({ value }) =>
        Number.isFinite(value),
      );
      if (found.length === 0) empty.push(rule.record ?? rule.alert ?? "");
    }
    console.log(empty.join("\n"));
  });
});
