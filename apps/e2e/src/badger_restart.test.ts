import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { initTracing, startSpan } from "@dcmx-tracing/core";
import { expect, test } from "vitest";
import { readTrace } from "./read_trace.ts";
import { findServer } from "./servers/find_server.ts";
import { startJaeger } from "./servers/start_jaeger.ts";

const server = findServer("jaeger");

test.skipIf(server.missing)("a trace survives the restart of Jaeger with jaeger.prod.yaml", async () => {
  const folder = mkdtempSync(join(tmpdir(), "dcmx-badger-"));
  const env = { BADGER_DIR: folder };

  const first = await startJaeger(server.path, "jaeger/jaeger.prod.yaml", env);
  const tracing = initTracing({ serviceName: "dcmx", otlpEndpoint: first.otlpHttp, exitHandlers: false });
  const traceId = startSpan("secondary_market_royalty", (span) => {
    startSpan("detect_marketplace", { attributes: { "marketplace.name": "opensea" } }, () => undefined);
    return span.spanContext().traceId;
  });
  await tracing.shutdown();
  const before = await readTrace(first.query, traceId, 2);
  await first.stop();

  const second = await startJaeger(server.path, "jaeger/jaeger.prod.yaml", env);
  expect(await readTrace(second.query, traceId, 2)).toEqual(before);
  await second.stop();
  rmSync(folder, { recursive: true });
});
