// One process of decorators_bench.ts: one tracing set-up, all cases interleaved, in CPU time, as the machine may be
// shared. Prints JSON lines.
import { type Context, context, ROOT_CONTEXT, type Span, TraceFlags, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BasicTracerProvider,
  ParentBasedSampler,
  type ReadableSpan,
  type SpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { asyncCase, type Case, otelCases } from "./decorators_cases.ts";

const [setup = "none", rounds = "31", calls = "2000"] = process.argv.slice(2);
let spans = 0;

/** Counts spans, so that a wrapper that makes none is found out. */
class CountingProcessor implements SpanProcessor {
  onStart(): void {}
  onEnd(_span: ReadableSpan): void {
    spans += 1;
  }
  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}

function register(sampled: boolean): void {
  const sampler = new ParentBasedSampler({ root: sampled ? new AlwaysOnSampler() : new AlwaysOffSampler() });
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ sampler, spanProcessors: [new CountingProcessor()] }),
  );
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
}

/** Sets tracing up, and gives the context in which the cases run. */
function setUp(): Context {
  if (setup === "none") return ROOT_CONTEXT;
  register(setup === "sampled");
  if (setup !== "unsampled parent") return ROOT_CONTEXT;
  const parent: Span = trace.getTracer("bench").startSpan("parent");
  if ((parent.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0) throw new Error("The parent is sampled");
  return trace.setSpan(ROOT_CONTEXT, parent);
}

async function sentryCases(): Promise<Case[]> {
  const Sentry = await import("@sentry/node");
  Sentry.init({
    dsn: "http://key@127.0.0.1:9/1",
    tracesSampleRate: 1,
    transport: () => ({ send: async () => ({}), flush: async () => true }),
  });
  return [
    asyncCase("bare", async (i) => i + 1),
    asyncCase("@sentry/node startSpan", (i) => Sentry.startSpan({ name: "mint" }, async () => i + 1)),
  ];
}

async function datadogCases(): Promise<Case[]> {
  const { default: tracer } = await import("dd-trace");
  tracer.init({
    startupLogs: false,
    url: "http://127.0.0.1:9",
    flushInterval: 1e6,
    remoteConfig: { pollInterval: 1e6 },
  });
  return [
    asyncCase("bare", async (i) => i + 1),
    asyncCase(
      "dd-trace wrap",
      tracer.wrap("mint", async (i: number) => i + 1),
    ),
  ];
}

async function measure(cases: readonly Case[]): Promise<void> {
  const times = cases.map((): number[] => []);
  const bytes = cases.map((): number[] => []);
  const made = cases.map(() => 0);
  const n = Number(calls);
  let sink = 0;
  for (const each of cases) sink += await each.run(n * 2);
  for (let round = 0; round < Number(rounds); round++) {
    // A B C, then C B A: what drifts in one direction meets all of them.
    const order = cases.map((_, i) => (round % 2 === 0 ? i : cases.length - 1 - i));
    for (const which of order) {
      const before = spans;
      const start = process.cpuUsage();
      sink += await (cases[which] as Case).run(n);
      const { user, system } = process.cpuUsage(start);
      times[which]?.push(((user + system) * 1000) / n);
      made[which] = (spans - before) / n;
    }
  }
  // Afterwards, and apart: a forced collection throws optimised code away, and the times would show it.
  for (let round = 0; round < 5; round++) {
    for (const [which, each] of cases.entries()) {
      sink += await each.run(n);
      globalThis.gc?.();
      const heap = process.memoryUsage().heapUsed;
      sink += await each.run(500);
      bytes[which]?.push((process.memoryUsage().heapUsed - heap) / 500);
    }
  }
  for (const [i, { row, subject }] of cases.entries()) {
    const result = {
      row,
      subject,
      ns: median(times[i] ?? []),
      bytes: median(bytes[i] ?? []),
      spans: made[i],
    };
    process.stdout.write(`${JSON.stringify({ ...result, sink: sink === 0.1 })}\n`);
  }
}

function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;
}

const parent = setup === "sentry" || setup === "dd-trace" ? ROOT_CONTEXT : setUp();
const cases = await (setup === "sentry"
  ? sentryCases()
  : setup === "dd-trace"
    ? datadogCases()
    : otelCases());
await (parent === ROOT_CONTEXT ? measure(cases) : context.with(parent, () => measure(cases)));
process.exit(0);
