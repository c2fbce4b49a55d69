import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { infra, infraText } from "../infra_files.ts";
import { answers, freePorts, startProcess } from "./start_process.ts";

/** One series of an instant query. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A running Prometheus. */
export interface RunningPrometheus {
  readonly url: string;
  /** Result of an instant query. */
  query(expr: string): Promise<readonly Sample[]>;
  /** Any path of its HTTP API; `data` of the answer. */
  api(path: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** Where the jobs of infra/prometheus.yml are found here. */
export interface PrometheusTargets {
  /** Applications, by job: host and port. */
  readonly applications: Readonly<Record<string, string>>;
  /** Jaeger's own metrics, and its span metrics. */
  readonly jaeger?: readonly [string, string];
}

/** Starts Prometheus with the configuration and rules of infra/; only targets and intervals are changed. */
export async function startPrometheus(path: string, targets: PrometheusTargets): Promise<RunningPrometheus> {
  const folder = mkdtempSync(join(tmpdir(), "dcmx-prometheus-"));
  const [port = 0] = await freePorts(1);
  mkdirSync(join(folder, "prometheus/targets"), { recursive: true });
  cpSync(infra("prometheus/rules"), join(folder, "prometheus/rules"), { recursive: true });
  writeFileSync(join(folder, "prometheus.yml"), configuration(targets, port));
  writeFileSync(join(folder, "prometheus/targets/here.yml"), applications(targets));
  const running = await startProcess(
    path,
    [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--enable-feature=exemplar-storage",
    ],
    () => answers(`http://127.0.0.1:${port}/-/ready`),
  );
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    api: (path) => get(`${url}${path}`),
    async query(expr) {
      const data = (await get(`${url}/api/v1/query?query=${encodeURIComponent(expr)}`)) as QueryData; // its documented form
      if (!Array.isArray(data.result)) return [];
      return data.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
    },
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

interface QueryData {
  readonly result: readonly { metric: Record<string, string>; value: readonly [number, string] }[];
}

async function get(url: string): Promise<unknown> {
  const response = await fetch(url);
  const body = (await response.json()) as { status: string; data: unknown; error?: string }; // documented envelope
  if (body.status !== "success") throw new Error(`${url}: ${body.error}`);
  return body.data;
}

interface Job {
  job_name: string;
  static_configs?: { targets: string[] }[];
}

function configuration(targets: PrometheusTargets, own: number): string {
  const config = parse(infraText("prometheus.yml")) as {
    global: Record<string, string>;
    scrape_configs: Job[];
  }; // ours
  config.global = { scrape_interval: "1s", evaluation_interval: "1s" };
  const [self, spans] = targets.jaeger ?? [];
  const moved: Record<string, string | undefined> = {
    jaeger: self,
    "jaeger-span-metrics": spans,
    prometheus: `127.0.0.1:${own}`,
  };
  for (const job of config.scrape_configs) {
    const target = moved[job.job_name];
    if (job.static_configs !== undefined)
      job.static_configs = target === undefined ? [] : [{ targets: [target] }];
  }
  return stringify(config);
}

function applications({ applications: found }: PrometheusTargets): string {
  return stringify(Object.entries(found).map(([job, target]) => ({ targets: [target], labels: { job } })));
}
