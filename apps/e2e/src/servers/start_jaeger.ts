import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { infraText } from "../infra_files.ts";
import { answers, freePorts, type RunningProcess, startProcess } from "./start_process.ts";

/** A running Jaeger. */
export interface RunningJaeger {
  readonly pid: number;
  /** OTLP over HTTP. */
  readonly otlpHttp: string;
  /** OTLP over gRPC, host and port. */
  readonly otlpGrpc: string;
  /** UI and query API. */
  readonly query: string;
  /** Host and port of its own metrics, and of the span metrics. */
  readonly scrape: readonly [string, string];
  stop(): Promise<void>;
}

/** Ports of the configurations of infra/jaeger, which are moved to free ones here. */
const PORTS = [4317, 4318, 16685, 16686, 13133, 8888, 8889] as const;

/** Starts Jaeger with a configuration of infra/, unchanged but for its ports and what `edit` changes. */
export async function startJaeger(
  path: string,
  config: string,
  env: Readonly<Record<string, string>> = {},
  edit: (text: string) => string = (text) => text,
): Promise<RunningJaeger> {
  const free = await freePorts(PORTS.length);
  const port = (wanted: (typeof PORTS)[number]): number => free[PORTS.indexOf(wanted)] ?? 0;
  const folder = mkdtempSync(join(tmpdir(), "dcmx-jaeger-"));
  const file = join(folder, "jaeger.yaml");
  const moved = PORTS.reduce(
    (text, each) => text.replaceAll(new RegExp(`(:-localhost}:|port: )${each}\\b`, "g"), `$1${port(each)}`),
    edit(infraText(config)),
  );
  writeFileSync(file, moved.replace("metrics_flush_interval: 15s", "metrics_flush_interval: 200ms"));
  const running: RunningProcess = await startProcess(
    path,
    ["--config", file],
    () => answers(`http://127.0.0.1:${port(13133)}/status`),
    // As in the compose file: Jaeger would trace its own queries into itself.
    { JAEGER_LISTEN_HOST: "127.0.0.1", OTEL_TRACES_SAMPLER: "always_off", ...env },
  );
  return {
    pid: running.pid,
    otlpHttp: `http://127.0.0.1:${port(4318)}`,
    otlpGrpc: `127.0.0.1:${port(4317)}`,
    query: `http://127.0.0.1:${port(16686)}`,
    scrape: [`127.0.0.1:${port(8888)}`, `127.0.0.1:${port(8889)}`],
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
