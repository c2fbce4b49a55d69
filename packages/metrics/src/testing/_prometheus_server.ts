import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether Prometheus and promtool are here; said in one line when not, an error with DCMX_REQUIRE_SERVERS=1. */
export function prometheusMissing(): boolean {
  const missing = ["prometheus", "promtool"].filter(
    (program) => spawnSync(program, ["--version"]).status !== 0,
  );
  if (missing.length === 0) return false;
  const what = `${missing.join(" and ")} not found; Debian: apt-get install --no-install-recommends prometheus`;
  if (process.env.DCMX_REQUIRE_SERVERS === "1") throw new Error(`Cannot test against Prometheus: ${what}`);
  process.stdout.write(`skipped: tests against Prometheus, ${what}\n`);
  return true;
}

/** One series of an instant query. */
export interface QueryResult {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A Prometheus that scrapes one page. */
export interface PrometheusServer {
  /** Waits until a scrape has ended that began after the call, and fails when Prometheus refused the page. */
  scraped(): Promise<void>;
  /** Answers an instant query. */
  query(promql: string): Promise<QueryResult[]>;
  /** Answers any path of the HTTP API. */
  api(path: string): Promise<unknown>;
  stop(): Promise<void>;
}

/**
 * Starts the real server on a free port with one target, to which it sends the token `a-token`. It takes five
 * seconds to the first scrape, so one server is shared by the tests of a file.
 */
export async function startPrometheus(target: string): Promise<PrometheusServer> {
  const folder = mkdtempSync(join(tmpdir(), "dcmx-prometheus-"));
  const { host, pathname } = new URL(target);
  const lines = [
    "global: { scrape_interval: 250ms, scrape_timeout: 250ms }",
    "scrape_configs:",
    "  - job_name: dcmx",
    `    metrics_path: ${pathname}`,
    "    authorization: { credentials: a-token }",
    `    static_configs: [{ targets: ["${host}"] }]`,
  ];
  writeFileSync(join(folder, "prometheus.yml"), `${lines.join("\n")}\n`);
  const child = spawn("prometheus", [
    `--config.file=${folder}/prometheus.yml`,
    `--storage.tsdb.path=${folder}/data`,
    "--web.listen-address=127.0.0.1:0",
    "--enable-feature=exemplar-storage",
    "--log.level=info",
  ]);
  let log = "";
  const base = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`prometheus has ended with ${code}:\n${log}`)));
    child.stderr.on("data", (chunk) => {
      log += String(chunk);
      const address = /msg="Listening on" address=(\S+)/.exec(log)?.[1];
      if (address !== undefined) resolve(`http://${address}`);
    });
  });

  async function api(path: string): Promise<unknown> {
    const response = await fetch(base + path);
    const answer = (await response.json()) as { status: string; data: unknown; error?: string };
    if (answer.status !== "success") throw new Error(`${path}: ${answer.error}`);
    return answer.data;
  }
  async function query(promql: string): Promise<QueryResult[]> {
    const data = (await api(`/api/v1/query?query=${encodeURIComponent(promql)}`)) as Vector;
    return data.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
  }
  /** A scrape is reported before its samples are committed: a query between the two would not see them. */
  async function isCommitted(since: number): Promise<boolean> {
    const [last] = await query("timestamp(up == 1)");
    return last !== undefined && last.value * 1000 > since;
  }
  return {
    api,
    query,
    async scraped() {
      const since = Date.now();
      const deadline = since + 20_000;
      for (;;) {
        const data = (await api("/api/v1/targets").catch(() => undefined)) as Targets | undefined;
        const found = data?.activeTargets[0];
        const done = found !== undefined && Date.parse(found.lastScrape) > since;
        if (done && found.health === "up" && (await isCommitted(since))) return;
        if (done && found.lastError) throw new Error(`Prometheus refused the page: ${found.lastError}`);
        if (Date.now() > deadline) throw new Error(`Prometheus did not scrape in time:\n${log}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async stop() {
      child.removeAllListeners("exit");
      child.kill();
      if (child.exitCode === null) await once(child, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Targets {
  readonly activeTargets: readonly { lastScrape: string; health: string; lastError: string }[];
}

interface Vector {
  readonly result: readonly { metric: Record<string, string>; value: [number, string] }[];
}

/** Runs `promtool check metrics` over a page in the classic text format. */
export function promtoolCheck(page: string): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync("promtool", ["check", "metrics"], {
    input: page,
    encoding: "utf8",
  });
  return { status, output: stdout + stderr };
}
