import { startSpan } from "@dcmx-tracing/span";
import { expect, test } from "vitest";
import { TracingConfigError } from "./config/tracing_config_error.ts";
import { initTracing } from "./init_tracing.ts";
import { startOtlpReceiver } from "./testing/_otlp_receiver.ts";

test("initTracing() delivers spans with their resource to a real OTLP receiver", async () => {
  await using receiver = await startOtlpReceiver();
  const tracing = initTracing({ serviceName: "dcmx", environment: "test", otlpEndpoint: receiver.url });
  await startSpan("artist_onboarding", async () => {
    startSpan("verify_identity", { attributes: { "artist.id": "artist_123" } }, () => {});
  });
  const receipt = await tracing.shutdown();
  expect(receipt).toMatchObject({
    started: 2,
    ended: 2,
    exported: 2,
    dropped: 0,
    failed: 0,
    queued: 0,
    settled: true,
  });
  const [child, parent] = receiver.spans();
  expect(child).toMatchObject({
    name: "verify_identity",
    parentSpanId: parent?.spanId,
    attributes: { "artist.id": "artist_123" },
  });
  expect(parent).toMatchObject({
    name: "artist_onboarding",
    parentSpanId: "",
    resource: { "service.name": "dcmx", "deployment.environment.name": "test" },
  });
  expect(receiver.requests[0]).toMatchObject({ method: "POST", path: "/v1/traces" });
});

test("initTracing() throws one error that lists every problem, and starts nothing", async () => {
  const start = () => initTracing({ sampleRate: 1.5, otlpEndpoint: "ftp://x" });
  expect(start).toThrow(TracingConfigError);
  const tracing = initTracing({ exporter: "none" });
  await tracing.shutdown();
});
