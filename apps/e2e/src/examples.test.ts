import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createArtist, walletOf } from "../../examples/src/people.ts";
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

/**
 * What the examples have no occasion for. `stack.test.ts` shows these panels and rules with data, while everything of
 * the catalogue happens.
 */
const NOT_IN_EXAMPLES: readonly RegExp[] = [
  /Operations \/ $|Operations by state/, // counted by applications that want to
  /Failed mints by exception/,
  /Errors of providers|never settled|Nonce gaps|^DcmxNonceGap$/, // nothing of the kind goes wrong
  /Calls in a batch|Wait before sending/, // no call is batched
  /Block height|^dcmx:block_lag|^DcmxEndpointBehind$/, // nobody asks for the block number
  /Measurements refused|^DcmxMetricsOverflow$/, // nothing is refused
  /Processor|Memory|Event loop|Garbage collection/, // runtime metrics are off
];

/** One artist, one track, one sale: what happens regularly has happened before the scenes are played. */
async function sellOne(platform: Platform): Promise<void> {
  const artist = await createArtist(1);
  await onboard(platform, artist);
  const { result } = await order(platform, artist.order("Prelude", platform.watermarkKey));
  await sell(platform, artist, String(result.tokenId));
}

const jaegerServer = findServer("jaeger");
const prometheusServer = findServer("prometheus");

describe.skipIf(jaegerServer.missing || prometheusServer.missing)(
  "the running examples",
  { timeout: 90_000 },
  () => {
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
      });
      await scraped();
      // A counter is first seen at its first value; a rate needs a second one.
      await sellOne(platform);
      await scraped();
      scenes = await playScenes(platform);
      await Promise.all(services.map((service) => service.flush()));
      await scraped();
    }, 300_000);
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
        const stored = await readTrace(jaeger.query, traceId, sent.length);
        expect(stored, title).toEqual(canonicalOfProcess(sent));
        // One scene throws an error whose message repeats the minter's key.
        expect(JSON.stringify(stored), title).not.toContain(walletOf("minter").privateKey.slice(2));
      }
    });

    test("Jaeger knows the three services", async () => {
      const answer = await fetch(`${jaeger.query}/api/v3/services`, { headers: { connection: "close" } });
      expect(await answer.json()).toMatchObject({
        services: expect.arrayContaining(["dcmx-api", "dcmx-minter", "dcmx-royalties"]),
      });
    });

    test("a service's span metrics and its own metrics have the same job, so that a trace leads to both", async () => {
      for (const job of ["dcmx-api", "dcmx-minter", "dcmx-royalties"]) {
        expect(await hasData(`traces_span_metrics_calls_total{job="${job}"}`), job).toBe(true);
        expect(await hasData(`traces_span_metrics_duration_seconds_count{job="${job}"}`), job).toBe(true);
        expect(await hasData(`dcmx_spans_ended_total{job="${job}"}`), job).toBe(true);
      }
    });

    /** Whether an expression has a number in it. */
    async function hasData(expr: string): Promise<boolean> {
      return (await prometheus.query(expr)).some(({ value }) => Number.isFinite(value));
    }

    test("the panels have data, but for what does not happen in the examples", async () => {
      const queries = DASHBOARDS.flatMap(({ title, rows }) =>
        rows.flatMap(({ panels }) =>
          panels.flatMap((panel) =>
            panel.queries.map(({ expr, legend = "" }) => ({
              name: `${title} / ${panel.title} / ${legend}`,
              expr,
            })),
          ),
        ),
      );
      const empty: string[] = [];
      for (const { name, expr } of queries) {
        if (!(await hasData(fillVariables(expr)))) empty.push(name);
      }
      expect(empty.filter((name) => !NOT_IN_EXAMPLES.some((pattern) => pattern.test(name)))).toEqual([]);
      expect(queries.length - empty.length, "panels with data").toBeGreaterThan(50);
    });

    test("the rules have data, but for what does not happen in the examples", async () => {
      const empty: string[] = [];
      for (const { record, alert = "", expr } of rules()) {
        if (!(await hasData(record ?? withoutThreshold(expr)))) empty.push(record ?? alert);
      }
      expect(empty.filter((name) => !NOT_IN_EXAMPLES.some((pattern) => pattern.test(name)))).toEqual([]);
    });
  },
);
