import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { beforeAll, expect, test } from "vitest";
import { startCollector } from "./collector/start_collector.ts";

/** Runs the demo as a user does; what it prints is shown to `watch` as it comes. */
async function demo(
  args: readonly string[],
  watch?: (printed: string, process: ChildProcess) => void,
): Promise<{ code: unknown; output: string }> {
  const launcher = fileURLToPath(new URL("../../../scripts/demo.mjs", import.meta.url));
  const child = spawn(process.execPath, [launcher, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const take = (text: string): void => {
    output += text;
    watch?.(output, child);
  };
  child.stdout.setEncoding("utf8").on("data", take);
  child.stderr.setEncoding("utf8").on("data", take);
  const [code] = await once(child, "close");
  return { code, output };
}

let output = "";
let code: unknown;
let forwarded: ReadableSpan[];

beforeAll(async () => {
  const collector = await startCollector();
  ({ code, output } = await demo(["--otlp", collector.url]));
  forwarded = collector.spans();
  await collector.stop();
}, 300_000);

test("the demo exits by itself with 0", () => {
  expect(code, output).toBe(0);
});

test("the demo prints each trace as a waterfall with hash, block, gas and status", () => {
  expect(output.match(/^\d\. .*$/gm)).toHaveLength(8);
  expect(output.match(/^trace [0-9a-f]{32}( · |$)/gm)).toHaveLength(8);
  for (const span of [
    "POST /artists",
    "POST /orders",
    "contract.event Sale",
    "POST /payouts",
    "POST /signer-checks",
  ]) {
    expect(output).toMatch(new RegExp(`^${span} +█+`, "m"));
  }
  expect(output).toMatch(/dcmx-api, dcmx-minter, dcmx-royalties · \d+ spans/);
  expect(output).toMatch(/tx\.block_number=\d+ {2}tx\.gas_used=\d+/);
  expect(output).toMatch(/tx\.hash=0x[0-9a-f]{64} {2}tx\.status=success/);
});

test("the demo shows each thing that goes wrong as what it is", () => {
  expect(output).toContain("tx.revert.name=RoyaltyAlreadyPaid");
  expect(output).toContain("WATERMARK_BELOW_THRESHOLD");
  expect(output.match(/• rpc\.throttled/g)).toHaveLength(2);
  expect(output).toContain("tx.replacement.reason=repriced");
  expect(output).toMatch(/no remote signer is configured for key \[REDACTED/);
});

test("the demo prints the metrics that it scraped, and where", () => {
  expect(
    output.match(/^Metrics of dcmx-\w+, scraped from http:\/\/127\.0\.0\.1:\d+\/metrics/gm),
  ).toHaveLength(3);
  expect(output).toMatch(/^ {2}artist_verifications_total\{verification_status="verified"\} +1$/m);
  expect(output).toMatch(/^ {2}nft_mint_gas_used\{.*\} +sum \d{6}, count \d$/m);
  expect(output).toMatch(/^ {2}blockchain_tx_count_total\{.*tx_status="reverted"\} +1$/m);
});

test("the demo prints the receipts: everything exported, nothing lost", () => {
  const receipts = [
    ...output.matchAll(/^ {2}dcmx-\w+ +(\d+) started, (\d+) exported, 0 dropped, 0 failed/gm),
  ];
  expect(receipts).toHaveLength(3);
  for (const [, started, exported] of receipts) expect(exported).toBe(started);
});

test("the demo sends every span to the collector of --otlp as well", () => {
  const exported = [...output.matchAll(/(\d+) exported/g)].reduce((sum, [, count]) => sum + Number(count), 0);
  expect(forwarded).toHaveLength(exported);
  expect(output).toContain("were sent to http://127.0.0.1:");
});

test("the demo with --keep leaves the services up until Ctrl+C, then stops them in good order", {
  timeout: 300_000,
}, async () => {
  let metrics: Promise<string> | undefined;
  const kept = await demo(["--keep"], (printed, child) => {
    if (metrics !== undefined || !printed.includes("stop them with Ctrl+C")) return;
    const page = /scraped from (\S+)/.exec(printed)?.[1] ?? "";
    metrics = fetch(page).then((response) => response.text());
    void metrics.finally(() => child.kill("SIGINT"));
  });
  expect(await metrics).toContain("artist_verifications_total");
  expect(kept.code, kept.output).toBe(0);
  expect(kept.output.match(/exported, 0 dropped, 0 failed/g)).toHaveLength(3);
});

test("the demo with --load compares the workflows with and without tracing, and loses nothing", {
  timeout: 300_000,
}, async () => {
  const load = await demo(["--load", "2"]);
  expect(load.code, load.output).toBe(0);
  expect(load.output).toContain("  2 of 2");
  for (const workflow of ["onboarding", "order", "sale"]) {
    expect(load.output).toMatch(
      new RegExp(
        `^${workflow} with tracing( +[\\d.]+){4}\n${workflow} without( +[\\d.]+){4}\n  tracing adds -?[\\d.]+ %`,
        "m",
      ),
    );
  }
  expect(load.output.match(/exported, 0 dropped, 0 failed/g)).toHaveLength(3);
});

test("the demo prints no key, no mnemonic and no personal data", () => {
  expect(output).not.toMatch(
    /ac0974bec39a17e3|59c6995e998f97a5|test test test|Ada Example|1990-04-01|L898902C36/,
  );
});

test("the demo explains its options, and refuses those that it does not know", {
  timeout: 120_000,
}, async () => {
  const help = await demo(["--help"]);
  expect(help.code).toBe(0);
  for (const option of ["--keep", "--otlp URL", "--load N", "--rpc URL", "--database URL"])
    expect(help.output).toContain(option);
  expect(await demo(["--nonsense"])).toMatchObject({
    code: 1,
    output: expect.stringContaining("--nonsense"),
  });
  expect((await demo(["--load", "0"])).output).toContain(
    "--load must be a whole number above 0: current value is 0",
  );
});
