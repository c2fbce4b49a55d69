import { context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestTracing, type TestTracing } from "./create_test_tracing.ts";
import { type RenderTraceOptions, renderTrace } from "./render_trace.ts";

let tracing: TestTracing;
beforeEach(() => {
  tracing = createTestTracing();
});
afterEach(() => tracing.shutdown());

const draw = (options?: RenderTraceOptions): string => renderTrace(tracing.spans(), options);

/** Opens spans nested as the names say: `{ a: { b: {}, c: {} } }`. */
interface Names {
  readonly [name: string]: Names;
}
function open(names: Names): void {
  for (const [name, inner] of Object.entries(names)) {
    tracing.tracer().startActiveSpan(name, (span) => {
      open(inner);
      span.end();
    });
  }
}

test("renderTrace() draws nothing for no spans", () => {
  expect(renderTrace([])).toBe("");
});

test("renderTrace() draws a tree with siblings in the order of their creation", () => {
  open({ root: { b: { "b.1": {}, "b.2": { deep: {} } }, a: {}, c: { "c.1": {} } } });
  expect(draw()).toBe(
    ["root", "├─ b", "│  ├─ b.1", "│  └─ b.2", "│     └─ deep", "├─ a", "└─ c", "   └─ c.1"].join("\n"),
  );
});

test("renderTrace() draws the same whatever the order of the spans", () => {
  open({ root: { a: { x: {}, y: {} }, b: {} }, second: { c: {} } });
  const drawing = draw();
  fc.assert(
    fc.property(fc.shuffledSubarray(tracing.spans(), { minLength: 7 }), (spans) => {
      expect(renderTrace(spans)).toBe(drawing);
    }),
  );
});

test("renderTrace() puts start times before the order of creation", () => {
  // Times as [seconds, nanoseconds]: the SDK adds a drift of its own to small numbers.
  const parent = tracing.tracer().startSpan("root", { startTime: [1, 0] });
  const inRoot = trace.setSpan(ROOT_CONTEXT, parent);
  tracing
    .tracer()
    .startSpan("late", { startTime: [3, 0] }, inRoot)
    .end([4, 0]);
  tracing
    .tracer()
    .startSpan("early", { startTime: [2, 0] }, inRoot)
    .end([4, 0]);
  tracing
    .tracer()
    .startSpan("early too", { startTime: [2, 0] }, inRoot)
    .end([4, 0]);
  parent.end([5, 0]);
  expect(draw()).toBe("root\n├─ early\n├─ early too\n└─ late");
});

test("renderTrace() separates traces by an empty line, in the order of their start", () => {
  open({ first: {}, second: { child: {} }, third: {} });
  expect(draw()).toBe("first\n\nsecond\n└─ child\n\nthird");
});

test("renderTrace() names every kind but INTERNAL", () => {
  const kinds = [SpanKind.INTERNAL, SpanKind.SERVER, SpanKind.CLIENT, SpanKind.PRODUCER, SpanKind.CONSUMER];
  for (const kind of kinds) tracing.tracer().startSpan("x", { kind }).end();
  expect(draw()).toBe("x\n\nx SERVER\n\nx CLIENT\n\nx PRODUCER\n\nx CONSUMER");
});

test("renderTrace() draws a status that was set, with its message", () => {
  const statuses = [
    { code: SpanStatusCode.UNSET },
    { code: SpanStatusCode.OK },
    { code: SpanStatusCode.ERROR },
    { code: SpanStatusCode.ERROR, message: 'said "no"\nand left' },
  ];
  for (const status of statuses) tracing.tracer().startSpan("x").setStatus(status).end();
  expect(draw()).toBe(String.raw`x${"\n\n"}x OK${"\n\n"}x ERROR${"\n\n"}x ERROR "said \"no\"\nand left"`);
});

test("renderTrace() draws attributes as JSON, sorted by key", () => {
  const attributes = { "b.text": 'a "b"', "a.number": 1.5, c: true, d: ["x", "y"], e: [1, 2], f: Number.NaN };
  tracing.tracer().startSpan("x", { attributes }).end();
  expect(draw()).toBe(String.raw`x a.number=1.5 b.text="a \"b\"" c=true d=["x","y"] e=[1,2] f=NaN`);
});

test("renderTrace() keeps every span on one line", () => {
  tracing.tracer().startSpan('two\nlines "quoted" \\ back').addEvent("also\ttwo").end();
  expect(draw()).toBe('two\\nlines "quoted" \\ back\n   • also\\ttwo');
});

test.each<[RenderTraceOptions, string]>([
  [{}, 'x id="1" name="n" tx.gas_used=21000\n   • e id="2"'],
  [{ attributes: true }, 'x id="1" name="n" tx.gas_used=21000\n   • e id="2"'],
  [{ attributes: false }, "x\n   • e"],
  [{ attributes: ["name"] }, 'x name="n"\n   • e'],
  [{ attributes: ["tx.gas_used", "id"] }, 'x id="1" tx.gas_used=21000\n   • e id="2"'],
  [
    { attributes: (key, value) => (key === "tx.gas_used" ? `${value} gas` : undefined) },
    'x tx.gas_used="21000 gas"\n   • e',
  ],
  [{ mask: ["id", "absent"] }, 'x id=* name="n" tx.gas_used=21000\n   • e id=*'],
  [{ mask: ["id"], attributes: ["name"] }, 'x name="n"\n   • e'],
  [{ events: false }, 'x id="1" name="n" tx.gas_used=21000'],
])("renderTrace() with %j", (options, expected) => {
  const attributes = { id: "1", name: "n", "tx.gas_used": 21000 };
  tracing.tracer().startSpan("x", { attributes }).addEvent("e", { id: "2" }).end();
  expect(draw(options)).toBe(expected);
});

test("renderTrace() shows what a selection function returns, whatever it is", () => {
  const returned = [1n, { a: 2n }, -0, Uint8Array.of(1, 255), null, () => 1, Symbol("s")];
  for (const value of returned) {
    tracing.reset();
    tracing
      .tracer()
      .startSpan("x", { attributes: { a: 1 } })
      .end();
    expect(draw({ attributes: () => value })).toMatch(/^x a=\S/);
  }
});

test("renderTrace() draws events in the gutter of their span", () => {
  tracing.tracer().startActiveSpan("root", (root) => {
    root.addEvent("first", { step: 1 });
    tracing.tracer().startSpan("child").addEvent("inner").end();
    tracing.tracer().startSpan("last").addEvent("inner too").end();
    root.addEvent("second");
    root.end();
  });
  expect(draw()).toBe(
    [
      "root",
      "│  • first step=1",
      "│  • second",
      "├─ child",
      "│     • inner",
      "└─ last",
      "      • inner too",
    ].join("\n"),
  );
});

test("renderTrace() draws an exception without its stack trace", () => {
  const span = tracing.tracer().startSpan("x");
  span.recordException(new TypeError("bad"));
  span.end();
  expect(draw()).toBe(
    'x\n   • exception exception.message="bad" exception.stacktrace=* exception.type="TypeError"',
  );
});

test("renderTrace() draws links by the name of their target", () => {
  const target = tracing.tracer().startSpan("target");
  target.end();
  const foreign = { traceId: "1".repeat(32), spanId: "2".repeat(16), traceFlags: 1 };
  const links = [{ context: target.spanContext(), attributes: { why: "retry" } }, { context: foreign }];
  tracing.tracer().startSpan("x", { links }).end();
  expect(draw()).toBe('target\n\nx\n   → target why="retry"\n   → (unknown span)');
  expect(draw({ links: false })).toBe("target\n\nx");
});

test("renderTrace() says so when a parent is remote or missing", () => {
  const remote = { traceId: "1".repeat(32), spanId: "2".repeat(16), traceFlags: 1, isRemote: true };
  context.with(trace.setSpanContext(ROOT_CONTEXT, remote), () => open({ served: { inner: {} }, again: {} }));
  const lost = tracing.tracer().startSpan("never ended");
  context.with(trace.setSpan(ROOT_CONTEXT, lost), () => open({ orphan: {} }));
  expect(draw()).toBe("served (remote parent)\n└─ inner\nagain (remote parent)\n\norphan (parent missing)");
});

test("renderTrace() puts the service before the name when asked", () => {
  open({ root: {} });
  const [span] = tracing.spans();
  const drawing = draw({ service: true });
  expect(drawing).toBe(`[${span?.resource.attributes["service.name"]}] root`);
});

test("renderTrace() draws every span of any forest, each on one line", () => {
  // The number at place n picks the parent of span n among those before it; none when it is beyond them.
  const forest = fc.array(fc.tuple(fc.nat(40), fc.string({ minLength: 1, unit: "binary" })), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(forest, (shape) => {
      tracing.reset();
      const spans: Span[] = [];
      for (const [parent, name] of shape) {
        const above = spans[parent];
        const within = above === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, above);
        spans.push(tracing.tracer().startSpan(name, {}, within));
      }
      for (const span of spans) span.end();
      const lines = draw()
        .split("\n")
        .filter((line) => line !== "");
      expect(lines).toHaveLength(shape.length);
    }),
    { numRuns: 50 },
  );
});
