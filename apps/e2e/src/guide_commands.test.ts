import { exec } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { initTracing, resolveConfig, startSpan } from "@dcmx-tracing/core";
import { initMetrics, type Metrics, recordCounter } from "@dcmx-tracing/metrics";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT } from "./infra_files.ts";
import { findServer, runTool } from "./servers/find_server.ts";
import { type RunningJaeger, startJaeger } from "./servers/start_jaeger.ts";

/** Every command of the pages for users, line by line. */
const commands = ["TRACING.md", "infra/README.md", "infra/CAPACITY.md"].flatMap((page) => {
  const text = readFileSync(ROOT + page, "utf8");
  const lines = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap((match) =>
    (match[1] ?? "").split("\n"),
  );
  return lines.filter(Boolean).map((line) => [page, line] as const);
});

/** Commands that a test of their own executes: which one. The others are executed here. */
const ELSEWHERE: readonly (readonly [RegExp, string])[] = [
  [/^\.\/scripts\/start-tracing\.sh( --(prod|stop|viewer))?$/, "apps/e2e/src/start_tracing.test.ts"],
  [
    /^docker compose -f infra\/docker-compose\.tracing\.yml (up -d --wait|ps|logs jaeger)$/,
    "apps/e2e/src/compose.test.ts",
  ],
  [/^npm install @dcmx-tracing/, "scripts/consumer_test.mjs"],
  [/^npm run demo( -- --otlp http:\/\/localhost:4318)?$/, "apps/examples/src/main.ts"],
  // Measurements are run by hand: their figures are dated where they are quoted.
  [/^npx pnpm --filter @dcmx-tracing\/e2e overhead$/, "apps/e2e/src/measure_overhead.ts"],
  [/^npx pnpm --filter @dcmx-tracing\/e2e capacity$/, "apps/e2e/src/measure_capacity.ts"],
  [/^npx @dcmx-tracing\/core doctor --send$/, "apps/e2e/src/doctor.test.ts"],
  [
    /^kubectl apply -k infra\/kubernetes\/overlays\/(development|production|scale)$/,
    "apps/e2e/src/kubernetes.test.ts",
  ],
];

const run = promisify(exec);

const server = findServer("jaeger");
let jaeger: RunningJaeger;
let metrics: Metrics;

beforeAll(async () => {
  if (server.missing) return;
  jaeger = await startJaeger(server.path, "jaeger/jaeger.yaml");
  metrics = await initMetrics({ serviceName: "dcmx", prometheus: { port: 0 } });
  recordCounter("nft.mints.total", 1);
  const tracing = initTracing({ serviceName: "dcmx", otlpEndpoint: jaeger.otlpHttp, exitHandlers: false });
  startSpan("artist_onboarding", () => undefined);
  await tracing.shutdown();
});
afterAll(async () => {
  await metrics?.shutdown();
  await jaeger?.stop();
});

test("the pages have commands", () => {
  expect(commands.length).toBeGreaterThan(15);
});

/** What a `curl` of the guide must print. */
const CURLS: readonly (readonly [RegExp, RegExp])[] = [
  [/\/api\/v3\/services$/, /"dcmx"/],
  [/\/api\/v3\/operations/, /artist_onboarding/],
  [/\/v1\/traces$/, /HTTP\/1\.1 200/],
  [/9464\/metrics$/, /nft_mints_total/],
];

const here = commands.filter(([, line]) => !ELSEWHERE.some(([pattern]) => pattern.test(line)));

test.each(commands.filter((each) => !here.includes(each)))(
  "%s: %s is executed by a test of its own",
  (_, line) => {
    const [, file = ""] = ELSEWHERE.find(([pattern]) => pattern.test(line)) ?? [];
    expect(existsSync(ROOT + file), file).toBe(true);
  },
);

test.skipIf(server.missing).each(here.filter(([, line]) => line.startsWith("curl ")))(
  "%s: %s",
  async (_, line) => {
    const [, wanted = /^$/] = CURLS.find(([pattern]) => pattern.test(line.replaceAll('"', ""))) ?? [];
    const moved = line
      .replace("http://localhost:16686", jaeger.query)
      .replace("http://localhost:4318", jaeger.otlpHttp)
      .replace("http://localhost:9464", new URL(metrics.url ?? "").origin);
    // In another process, so that the metrics page of this one can be served meanwhile.
    await expect
      .poll(async () => (await run(`curl --silent --no-keepalive ${moved.slice("curl ".length)}`)).stdout, {
        timeout: 20_000,
      })
      .toMatch(wanted);
  },
);

test.each(here.filter(([, line]) => line.startsWith("node ")))("%s: %s", (_, line) => {
  expect(runTool("sh", ["-c", line], ROOT)).toMatchObject({ status: 0 });
});

test("the variables of TRACING.md are what core understands", () => {
  const variables = here.filter(([, line]) => line.startsWith("export "));
  const env = Object.fromEntries(
    variables.map(([, line]) => {
      const [, name = "", value = ""] = /^export (\w+)="(.*)"$/.exec(line) ?? [];
      return [name, value];
    }),
  );
  const config = resolveConfig({}, env);
  expect(config).toMatchObject({
    tracesUrl: { value: "http://jaeger-collector:4318/v1/traces" },
    serviceName: { value: "dcmx", source: "env" },
    sampleRate: { value: 0.1 },
    environment: { value: "production" },
  });
  expect(config.notes).toEqual([]);
});

test("no command is left over", () => {
  const executed = /^(curl|node|export) /;
  expect(here.filter(([, line]) => !executed.test(line))).toEqual([]);
});
