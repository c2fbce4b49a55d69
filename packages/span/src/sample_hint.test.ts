import { createTestTracing } from "@dcmx-tracing/testing";
import { ROOT_CONTEXT } from "@opentelemetry/api";
import { type Sampler, SamplingDecision } from "@opentelemetry/sdk-trace-base";
import { expect, test } from "vitest";
import { sampleHint } from "./kernel.ts";
import { startSpan } from "./mod.ts";

test("sampleHint() tells a sampler what the call said, about this one span only", async () => {
  const heard: unknown[] = [];
  const sampler: Sampler = {
    shouldSample: (context, _traceId, name) => {
      heard.push([name, sampleHint(context)]);
      return { decision: SamplingDecision.RECORD_AND_SAMPLED };
    },
    toString: () => "hears",
  };
  await using tracing = createTestTracing({ sampler });
  startSpan("kept", { sampleHint: "keep" }, () => startSpan("child", () => null));
  startSpan("dropped", { sampleHint: "drop" }, () => null);
  expect(heard).toEqual([
    ["kept", "keep"],
    ["child", undefined],
    ["dropped", "drop"],
  ]);
  expect(tracing.spans().length).toBe(3);
});

test("sampleHint() ignores what is no hint", () => {
  expect(sampleHint(ROOT_CONTEXT)).toBe(undefined);
  expect(sampleHint(ROOT_CONTEXT.setValue(Symbol.for("dcmx-tracing.sample-hint"), "maybe"))).toBe(undefined);
});
