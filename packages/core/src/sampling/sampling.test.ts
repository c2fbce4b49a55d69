import { startSpan } from "@dcmx-tracing/span";
import { renderTrace } from "@dcmx-tracing/testing";
import { context, ROOT_CONTEXT, SpanStatusCode, TraceFlags, trace } from "@opentelemetry/api";
import { InMemorySpanExporter } from "@opentelemetry/sdk-trace-base";
import { expect, test } from "vitest";
import { initTracing } from "../init_tracing.ts";
import type { TracingStats } from "../tracing.ts";
import type { TracingOptions } from "../tracing_options.ts";
import { withSampling } from "./with_sampling.ts";

async function traced(
  options: TracingOptions,
  run: () => unknown,
): Promise<{ drawing: string; names: string[]; stats: TracingStats }> {
  const exporter = new InMemorySpanExporter();
  const tracing = initTracing({ serviceName: "t", logLevel: "none", ...options, exporter });
  try {
    await run();
    const stats = await tracing.flush();
    const spans = exporter.getFinishedSpans();
    return { drawing: renderTrace(spans), names: spans.map((span) => span.name), stats };
  } finally {
    await tracing.shutdown();
  }
}

function workflow(name: string, attributes = {}): void {
  startSpan(name, { attributes }, () => startSpan("step", () => {}));
}

function withRemoteParent(sampled: boolean, run: () => void): void {
  const parent = {
    traceId: "0af7651916cd43dd8448eb211c80319c",
    spanId: "b7ad6b7169203331",
    traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
    isRemote: true,
  };
  context.with(trace.setSpanContext(ROOT_CONTEXT, parent), run);
}

test("initTracing() with sampleRate 0 drops whole traces and counts the root by its reason", async () => {
  const { names, stats } = await traced({ sampleRate: 0 }, () => workflow("mint"));
  expect(names).toEqual([]);
  expect(stats).toMatchObject({
    started: 1,
    sampledOut: 1,
    ended: 0,
    sampling: { kept: {}, dropped: { rate: 1 } },
  });
});

test("initTracing() with sampleRate 1 keeps whole traces and counts every span by its reason", async () => {
  const { drawing, stats } = await traced({ sampleRate: 1 }, () => workflow("mint"));
  expect(drawing).toBe("mint\n└─ step");
  expect(stats).toMatchObject({
    started: 2,
    sampledOut: 0,
    ended: 2,
    sampling: { kept: { rate: 1, parent: 1 } },
  });
});

test("initTracing() follows a remote parent whatever the rate is", async () => {
  const kept = await traced({ sampleRate: 0 }, () => withRemoteParent(true, () => workflow("mint")));
  expect(kept.stats.sampling).toEqual({ kept: { parent: 2 }, dropped: {} });
  const dropped = await traced({ sampleRate: 1 }, () => withRemoteParent(false, () => workflow("mint")));
  expect(dropped.stats.sampling).toEqual({ kept: {}, dropped: { parent: 1 } });
});

test.each([
  ["always_on", false, ["step", "mint"]],
  ["always_off", true, []],
  ["traceidratio", false, ["step", "mint"]],
  ["parentbased_always_on", false, []],
  ["parentbased_always_off", true, ["step", "mint"]],
  ["parentbased_traceidratio", true, ["step", "mint"]],
] as const)(
  "initTracing() with sampler %s under a remote parent sampled %s",
  async (sampler, sampled, expected) => {
    const { names } = await traced({ sampler }, () => withRemoteParent(sampled, () => workflow("mint")));
    expect(names).toEqual(expected);
  },
);

test("initTracing() with rules gives traces a rate by the name or attributes of their first span", async () => {
  const samplingRules = [
    { match: "health.*", rate: 0 },
    { match: /^debug/, rate: 0, name: "debugging" },
    { match: { attributes: { "artist.tier": "gold" } }, rate: 1 },
    { match: (name: string) => name === "royalties", rate: 1, name: "money" },
  ];
  const { names, stats } = await traced({ samplingRules, sampleRate: 0 }, () => {
    workflow("health.live");
    workflow("debug");
    workflow("mint", { "artist.tier": "gold" });
    workflow("mint", { "artist.tier": "silver" });
    workflow("royalties");
  });
  expect(names).toEqual(["step", "mint", "step", "royalties"]);
  expect(stats.sampling).toEqual({
    kept: { "rule:rule-2": 1, "rule:money": 1, parent: 2 },
    dropped: { "rule:health.*": 1, "rule:debugging": 1, rate: 1 },
  });
});

test("initTracing() skips a rule that throws", async () => {
  const match = (): boolean => {
    throw new Error("broken rule");
  };
  const { names } = await traced({ samplingRules: [{ match, rate: 0 }] }, () => workflow("mint"));
  expect(names).toEqual(["step", "mint"]);
});

test("initTracing() asks a sampler object and drops the span when it throws", async () => {
  const sampler = {
    shouldSample: (_context: unknown, _id: string, name: string) => {
      if (name === "broken") throw new Error("sampler");
      return { decision: name === "mint" ? 2 : 0 };
    },
    toString: () => "mine",
  };
  const { names, stats } = await traced({ sampler }, () => {
    workflow("mint");
    startSpan("broken", () => {});
  });
  expect(names).toEqual(["mint"]);
  expect(stats.sampling).toEqual({ kept: { sampler: 1 }, dropped: { sampler: 1, "sampler-error": 1 } });
});

test("withSampling() keeps and drops whatever the rate is", async () => {
  const kept = await traced({ sampleRate: 0 }, () => withSampling("keep", () => workflow("mint")));
  expect(kept.names).toEqual(["step", "mint"]);
  expect(kept.stats.sampling.kept).toEqual({ hint: 1, parent: 1 });
  const dropped = await traced({ sampleRate: 1 }, () =>
    startSpan("mint", () => withSampling("drop", () => workflow("noise"))),
  );
  expect(dropped.drawing).toBe("mint");
  expect(dropped.stats.sampling.dropped).toEqual({ hint: 1 });
});

test("withSampling() keeps a trace that a remote caller did not sample", async () => {
  const { names } = await traced({}, () =>
    withRemoteParent(false, () => withSampling("keep", () => workflow("mint"))),
  );
  expect(names).toEqual(["step", "mint"]);
});

test("withSampling() answers with what the function returns", () => {
  expect(withSampling("drop", () => 42)).toBe(42);
});

// The tail option.

test("initTracing() with tail.keepErrors keeps a dropped trace in which a span failed, whole", async () => {
  const { drawing, stats } = await traced({ sampleRate: 0, tail: { keepErrors: true } }, () => {
    workflow("fine");
    expect(() =>
      startSpan("mint", () => {
        startSpan("watermark", () => {});
        startSpan("chain", () => {
          throw new Error("reverted");
        });
      }),
    ).toThrow("reverted");
  });
  expect(drawing.split("\n").map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual(
    expect.arrayContaining([expect.stringContaining("mint ERROR"), "├─ watermark"]),
  );
  expect(drawing).not.toContain("fine");
  expect(stats).toMatchObject({
    started: 5,
    sampledOut: 2,
    ended: 3,
    open: 0,
    exported: 3,
    sampling: { kept: { "tail-error": 3 }, dropped: { "tail-uninteresting": 2 } },
  });
});

test("initTracing() with tail.slowMs keeps a dropped trace whose root was slow", async () => {
  const { names, stats } = await traced({ sampleRate: 0, tail: { slowMs: 1000 } }, () => {
    const tracer = trace.getTracer("t");
    tracer.startSpan("fast", { startTime: 1_000_000 }).end(1_000_999);
    tracer.startSpan("slow", { startTime: 1_000_000 }).end(1_001_000);
  });
  expect(names).toEqual(["slow"]);
  expect(stats.sampling).toEqual({ kept: { "tail-slow": 1 }, dropped: { "tail-uninteresting": 1 } });
});

test("initTracing() with the tail option keeps sampled traces as they are", async () => {
  const { names, stats } = await traced({ tail: { keepErrors: true } }, () => workflow("mint"));
  expect(names).toEqual(["step", "mint"]);
  expect(stats.sampling.kept).toEqual({ rate: 1, parent: 1 });
});

test("initTracing() with the tail option sends a span that ends after its root the way of its trace", async () => {
  const { names } = await traced({ sampleRate: 0, tail: { keepErrors: true } }, () => {
    const tracer = trace.getTracer("t");
    const root = tracer.startSpan("root");
    const late = tracer.startSpan("late", {}, trace.setSpan(ROOT_CONTEXT, root));
    root.setStatus({ code: SpanStatusCode.ERROR }).end();
    late.end();
  });
  expect(names).toEqual(["root", "late"]);
});

test("initTracing() with the tail option holds no more spans than it may, and counts what went", async () => {
  const { names, stats } = await traced({ sampleRate: 0, tail: { keepErrors: true, maxSpans: 10 } }, () => {
    const tracer = trace.getTracer("t");
    for (let i = 0; i < 20; i++) {
      const root = tracer.startSpan(`root ${i}`);
      const child = tracer.startSpan("child", {}, trace.setSpan(ROOT_CONTEXT, root));
      if (i === 0) child.setStatus({ code: SpanStatusCode.ERROR });
      child.end();
    }
  });
  expect(names).toEqual(["child"]);
  expect(stats).toMatchObject({ started: 40, sampledOut: 9, ended: 1, open: 30 });
  expect(stats.sampling).toEqual({ kept: { "tail-error": 1 }, dropped: { "tail-evicted": 9 } });
});

test("Tracing.shutdown() decides the traces whose root has not ended", async () => {
  const exporter = new InMemorySpanExporter();
  const tracing = initTracing({ serviceName: "t", sampleRate: 0, tail: { keepErrors: true }, exporter });
  const root = trace.getTracer("t").startSpan("root");
  const child = trace.getTracer("t").startSpan("child", {}, trace.setSpan(ROOT_CONTEXT, root));
  child.setStatus({ code: SpanStatusCode.ERROR }).end();
  expect(await tracing.shutdown()).toMatchObject({
    exported: 1,
    open: 1,
    sampling: { kept: { "tail-error": 1 } },
  });
});

test("withSampling('drop') also drops below an undecided trace of the tail option", async () => {
  const { names } = await traced({ sampleRate: 0, tail: { keepErrors: true } }, () => {
    expect(() =>
      startSpan("mint", () => {
        withSampling("drop", () => workflow("noise"));
        throw new Error("x");
      }),
    ).toThrow();
  });
  expect(names).toEqual(["mint"]);
});
