import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";

let output = "";
let exitCode: unknown;

beforeAll(async () => {
  const launcher = fileURLToPath(new URL("../../../scripts/demo.mjs", import.meta.url));
  const child = spawn(process.execPath, [launcher], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
  [exitCode] = await once(child, "close");
});

test("the demo exits by itself with 0", () => {
  expect(exitCode, output).toBe(0);
});

test("the demo prints each trace as a waterfall with hash, block, gas and status", () => {
  const headlines = output.match(/^trace [0-9a-f]{32} · dcmx · .*$/gm) ?? [];
  expect(headlines.map((line) => line.includes("errors"))).toEqual([false, false, false, true]);
  for (const root of ["artist_onboarding", "nft_minting_workflow", "secondary_market_royalty"]) {
    expect(output).toMatch(new RegExp(`^${root} +█+`, "m"));
  }
  expect(output.match(/tx\.block_number=\d+ {2}tx\.gas_used=\d+/g)).toHaveLength(4 + 2);
  expect(output).toMatch(/tx\.hash=0x[0-9a-f]{64} {2}tx\.status=success/);
  expect(output).toContain("tx.status=reverted");
  expect(output).toContain("RoyaltyAlreadyPaid");
});

test("the demo prints the metrics that it scraped, and where", () => {
  expect(output).toMatch(/Metrics, scraped from http:\/\/127\.0\.0\.1:\d+\/metrics/);
  expect(output).toMatch(/^ {2}artist_verifications_total\{verification_status="verified"\} +1$/m);
  expect(output).toMatch(/^ {2}nft_mint_gas_used\{.*\} +sum \d{6}, count 1$/m);
  expect(output).toMatch(/^ {2}blockchain_tx_count_total\{.*tx_status="reverted"\} +1$/m);
});

test("the demo prints the receipt: everything exported, nothing lost", () => {
  const [, started, exported] =
    /Spans: (\d+) started, (\d+) exported .* 0 dropped, 0 failed/.exec(output) ?? [];
  expect(Number(started)).toBeGreaterThan(40);
  expect(exported).toBe(started);
});

test("the demo prints no key, no mnemonic and no personal data", () => {
  expect(output).not.toMatch(/ac0974bec39a17e3|test test test|Ada Example|1990-04-01|L898902C36/);
});
