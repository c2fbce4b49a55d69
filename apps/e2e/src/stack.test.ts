import { initTracing, startSpan, type Tracing } from "@dcmx-tracing/core";
import { initMetrics, type Metrics } from "@dcmx-tracing/metrics";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DASHBOARDS } from "./dashboards/dashboards.ts";
import { infraYaml } from "./infra_files.ts";
import { fillVariables } from "./promql_names.ts";
import { recordCatalogue, TEST_LIMITS } from "./record_catalogue.ts";
import { rules, withoutThreshold } from "./rules.ts";
import { findServer } from "./servers/find_server.ts";
import { type RunningJaeger, startJaeger } from "./servers/start_jaeger.ts";
import { until } from "./servers/start_process.ts";
import { type RunningPrometheus, type Sample, startPrometheus } from "./servers/start_prometheus.ts";

const jaegerServer = findServer("jaeger");
const prometheusServer = findServer("prometheus");
const missing = jaegerServer.missing || prometheusServer.missing;

const panels = DASHBOARDS.flatMap((board) =>
  board.rows.flatMap((row) =>
    row.panels.flatMap((panel) =>
      panel.queries.map(
        ({ expr, legend = panel.title }) => [`${board.title} / ${panel.title} / ${legend}`, expr] as const,
      ),
    ),
  ),
);

describe.skipIf(missing)("the stack, while everything of the catalogue happens", { timeout: 60_000 }, () => {
  let jaeger: RunningJaeger;
  let prometheus: RunningPrometheus;
  let tracing: Tracing;
  let metrics: Metrics;

  beforeAll(async () => {
    metrics = await initMetrics({
      serviceName: "dcmx",
      prometheus: { port: 0 },
      runtimeMetrics: true,
      cardinalityLimits: TEST_LIMITS,
    });
    jaeger = await startJaeger(jaegerServer.path, "jaeger/jaeger.yaml");
    tracing = initTracing({ serviceName: "dcmx", otlpEndpoint: jaeger.otlpHttp, exitHandlers: false });
    prometheus = await startPrometheus(prometheusServer.path, {
      applications: { dcmx: new URL(metrics.url ?? "").host },
      jaeger: jaeger.scrape,
    });
    // Rates need a change between two scrapes.
    for (let round = 1; round <= 3; round += 1) {
      work();
      await tracing.flush();
      await until(
        async () => (await scrapes("dcmx")) > round * 2 && (await scrapes("jaeger-span-metrics")) > round * 2,
        "both are scraped again",
      );
    }
  }, 300_000);
  afterAll(async () => {
    await tracing?.shutdown();
    await metrics?.shutdown();
    await prometheus?.stop();
    await jaeger?.stop();
  });

  /** Everything of the catalogue, inside of a span, and one span that fails. */
  function work(): void {
    startSpan("nft_minting_workflow", () => recordCatalogue());
    try {
      startSpan("nft_minting.blockchain_mint", () => {
        throw new TypeError("reverted");
      });
    } catch {
      // It is meant to fail.
    }
  }

  async function scrapes(job: string): Promise<number> {
    const selector = job === "dcmx" ? `up{job="dcmx"}` : `scrape_samples_scraped{job="${job}"}`;
    return (await prometheus.query(`sum(count_over_time(${selector}[10m]))`))[0]?.value ?? 0;
  }

  /** The series of an expression, once there are any that are numbers. */
  async function seriesOf(expr: string): Promise<readonly Sample[]> {
    let found: readonly Sample[] = [];
    await until(
      async () => {
        found = (await prometheus.query(expr)).filter(({ value }) => Number.isFinite(value));
        return found.length > 0;
      },
      expr,
      40_000,
    );
    return found;
  }

  test("Prometheus reaches every target of prometheus.yml", async () => {
    // A scrape may take too long while the machine is busy; the next one does not.
    await until(
      async () => (await prometheus.query("up")).every(({ value }) => value === 1),
      "every target is up",
    );
    const up = await prometheus.query("up");
    const jobs = infraYaml<{ scrape_configs: { job_name: string }[] }>("prometheus.yml").scrape_configs.map(
      ({ job_name }) => job_name,
    );
    expect(up.map(({ metric }) => metric.job).sort()).toEqual(jobs.sort());
  });

  test.each(panels)("%s returns data", async (_, expr) => {
    expect(await seriesOf(fillVariables(expr))).not.toEqual([]);
  });

  test.each(rules().map((rule) => [rule.record ?? rule.alert ?? "", rule] as const))(
    "%s returns data",
    async (name, rule) => {
      expect(await seriesOf(rule.record === undefined ? withoutThreshold(rule.expr) : name)).not.toEqual([]);
    },
  );

  test("Prometheus evaluates every rule without an error", async () => {
    const { groups } = (await prometheus.api("/api/v1/rules")) as {
      groups: { rules: { name: string; health: string }[] }[];
    }; // documented
    const found = groups.flatMap((group) => group.rules);
    expect(found).toHaveLength(rules().length);
    expect(found.filter(({ health }) => health !== "ok")).toEqual([]);
  });

  test("an exemplar of a histogram leads to its trace in Jaeger", async () => {
    const path = `/api/v1/query_exemplars?query=nft_mint_duration_seconds_bucket&start=${Date.now() / 1000 - 600}&end=${Date.now() / 1000 + 1}`;
    const found = (await prometheus.api(path)) as { exemplars: { labels: Record<string, string> }[] }[]; // documented
    const traceId = found[0]?.exemplars[0]?.labels.trace_id ?? "none";
    const response = await fetch(`${jaeger.query}/api/v3/traces/${traceId}`, {
      headers: { connection: "close" },
    });
    expect(await response.text()).toContain("nft_minting_workflow");
  });
});
