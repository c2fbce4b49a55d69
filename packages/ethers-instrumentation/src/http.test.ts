import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

test("with instrumentation-http its spans hang below ours, polls have none, and no baggage is sent", async () => {
  const script = fileURLToPath(new URL("../test/fixtures/http_instrumentation.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script]);
  expect(stdout.split("\n")).toEqual([
    "request",
    "├─ eth_gasPrice CLIENT",
    "│  └─ POST CLIENT",
    "├─ eth_gasPrice CLIENT",
    "├─ eth_syncing CLIENT",
    "└─ jsonrpc.batch CLIENT",
    "   └─ POST CLIENT",
    '[[["traceparent"],1],[["traceparent"],1]]',
  ]);
}, 60_000);
