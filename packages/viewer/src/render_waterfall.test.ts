import { createTestTracing, type TestTracing } from "@dcmx-tracing/testing";
import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { widthOf } from "./_text.ts";
import { renderWaterfall, type WaterfallOptions } from "./render_waterfall.ts";

let tracing: TestTracing;
beforeEach(() => {
  tracing = createTestTracing();
});
afterEach(() => tracing.shutdown());

/** Milliseconds after a fixed instant. */
const at = (millis: number): [number, number] => [
  1_700_000_000 + Math.floor(millis / 1e3),
  (millis % 1e3) * 1e6,
];

function start(name: string, from: number, parent?: Span, kind: SpanKind = SpanKind.INTERNAL): Span {
  const within = parent === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, parent);
  return tracing.tracer().startSpan(name, { startTime: at(from), kind }, within);
}

/** The drawing without its ids. */
function draw(options: WaterfallOptions = {}): string {
  return renderWaterfall(tracing.spans(), options).replace(/trace [0-9a-f]{32}/g, "trace ID");
}

function mintTrace(): void {
  const root = start("nft_minting_workflow", 0);
  const verify = start("nft_minting_workflow.verify_watermark", 0, root);
  verify.setAttributes({ "watermark.valid": true, "watermark.confidence": 0.98, "internal.note": "hidden" });
  verify.end(at(250));
  const mint = start("nft_minting_workflow.blockchain_mint", 250, root);
  start("eth_sendRawTransaction", 300, mint, SpanKind.CLIENT)
    .setAttribute("tx.hash", `0x${"4f".repeat(32)}`)
    .end(at(400));
  const wait = start("tx.wait", 400, mint);
  wait.setAttributes({ "tx.gas_used": 91850, "tx.block_number": 7, "tx.status": "reverted" });
  wait.addEvent("rpc.throttled", { "rpc.attempt": 2 }, at(600));
  wait.recordException({ name: "Error", message: "execution reverted: SoldOut()" }, at(990));
  wait.setStatus({ code: SpanStatusCode.ERROR, message: "execution reverted: SoldOut()" });
  wait.end(at(1000));
  mint.setStatus({ code: SpanStatusCode.ERROR }).end(at(1000));
  root.end(at(1000));
}

test("renderWaterfall() draws tree, bars, durations, kinds, statuses, attributes, errors and events", () => {
  mintTrace();
  expect(draw({ width: 100 }).split("\n")).toEqual([
    `trace ID · ${service()} · 5 spans · 2 errors · 1.00 s`,
    "nft_minting_workflow                     █████████████████████████████████████████    1.00 s",
    "├─ nft_minting_workflow.verify_watermark ██████████                                   250 ms",
    "│    watermark.confidence=0.98  watermark.valid=true",
    "└─ nft_minting_workflow.blockchain_mint            ███████████████████████████████    750 ms  ERROR",
    "   ├─ eth_sendRawTransaction                         ████                             100 ms  CLIENT",
    `   │    tx.hash=0x${"4f".repeat(32)}`,
    "   └─ tx.wait                                            █████████████████████████    600 ms  ERROR",
    "        tx.block_number=7  tx.gas_used=91850  tx.status=reverted",
    "        ✗ Error: execution reverted: SoldOut()",
    "        • rpc.throttled +200 ms  rpc.attempt=2",
  ]);
});

function service(): string {
  return String(tracing.spans()[0]?.resource.attributes["service.name"]);
}

test("renderWaterfall() draws nothing for no spans", () => {
  expect(renderWaterfall([])).toBe("");
});

test("renderWaterfall() draws the same whatever the order of the spans of one trace", () => {
  mintTrace();
  const expected = draw();
  fc.assert(
    fc.property(fc.shuffledSubarray(tracing.spans(), { minLength: 5 }), (spans) => {
      expect(renderWaterfall(spans).replace(/trace [0-9a-f]{32}/g, "trace ID")).toBe(expected);
    }),
  );
});

test("renderWaterfall() keeps every line within the width", () => {
  const name = fc.string({ unit: "grapheme", maxLength: 60 });
  const shape = fc.array(fc.tuple(fc.nat(15), name, name, fc.nat(1e6), fc.nat(1e6)), {
    minLength: 1,
    maxLength: 15,
  });
  fc.assert(
    fc.property(shape, fc.integer({ min: 40, max: 140 }), (spans, width) => {
      tracing.reset();
      const opened: Span[] = [];
      for (const [parent, spanName, value, from, length] of spans) {
        const span = start(spanName, from, opened[parent], SpanKind.CLIENT).setAttribute("nft.note", value);
        span.addEvent(value, { a: value }).recordException(value);
        opened.push(span.setStatus({ code: SpanStatusCode.ERROR, message: value }));
        span.end(at(from + length));
      }
      for (const line of renderWaterfall(tracing.spans(), { width }).split("\n")) {
        expect(widthOf(line)).toBeLessThanOrEqual(width);
      }
    }),
    { numRuns: 100 },
  );
});

test("renderWaterfall() cannot be made to write control characters", () => {
  const evil = "\u001b[2J\u0007\r\nfake line";
  start(evil, 0)
    .setAttribute("tx.hash", evil)
    .addEvent(evil, { [evil]: evil })
    .setStatus({ code: 2, message: evil })
    .end(at(5));
  expect(draw()).not.toMatch(/(?!\n)\p{Cc}|^fake/mu);
});

test("renderWaterfall() paints only when asked, and painting changes no column", () => {
  mintTrace();
  expect(draw()).not.toContain("\u001b");
  const painted = draw({ color: true });
  expect(painted).toContain("\u001b[31m");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is the escape of a colour.
  expect(painted.replace(/\u001b\[\d+m/g, "")).toBe(draw());
});

test.each<[WaterfallOptions, string[]]>([
  [{}, ["nft.edition=4  tx.gas_used=1"]],
  [{ attributes: ["tx.*"] }, ["tx.gas_used=1  tx.nonce=5"]],
  [{ attributes: true }, ["custom.b=2  customary=3  nft.edition=4  tx.gas_used=1  tx.nonce=5"]],
  [{ attributes: false }, []],
  [{ attributes: ["custom.*"] }, ["custom.b=2"]],
  [{ attributes: ["custom*", "tx.gas_used"] }, ["custom.b=2  customary=3  tx.gas_used=1"]],
])("renderWaterfall() shows attributes with %j", (options, expected) => {
  start("x", 0)
    .setAttributes({ "tx.gas_used": 1, "tx.nonce": 5, "nft.edition": 4, "custom.b": 2, customary: 3 })
    .end(at(1));
  expect(
    draw({ ...options, events: false })
      .split("\n")
      .slice(2)
      .map((line) => line.trim()),
  ).toEqual(expected);
});

test("renderWaterfall() shows values as they are, with quotes where words end", () => {
  start("x", 0)
    .setAttributes({ a: "one", b: "two words", c: "", d: [1, 2], e: ["x y", "z"], f: 1.5, g: false })
    .end(at(1));
  expect(draw({ attributes: true })).toContain(
    'a=one  b="two words"  c=""  d=[1,2]  e=["x y",z]  f=1.5  g=false',
  );
});

test("renderWaterfall() shows each error once, exceptions also without events", () => {
  const span = start("x", 0);
  span.recordException(new TypeError("bad"));
  span.recordException(new TypeError("bad"));
  span.setStatus({ code: SpanStatusCode.ERROR, message: "the whole failed" }).end(at(1));
  const lines = draw({ events: false })
    .split("\n")
    .slice(2)
    .map((line) => line.trim());
  expect(lines).toEqual(["✗ TypeError: bad", "✗ the whole failed"]);
});

test("renderWaterfall() separates traces by an empty line", () => {
  for (const name of ["first", "second"]) start(name, 0).end(at(1));
  expect(
    draw()
      .split("\n\n")
      .map((part) => part.split("\n")[1]?.split(" ")[0]),
  ).toEqual(["first", "second"]);
});

test("renderWaterfall() draws a span of no length, and one whose parent is not there", () => {
  const lost = start("lost", 0);
  start("orphan", 5, lost).end(at(5));
  expect(draw({ width: 40 }).split("\n").at(-1)).toMatch(/^orphan █+ {6}0 µs$/);
});

test("renderWaterfall() draws thousands of nested spans without deep lines", () => {
  let parent: Span | undefined;
  const spans: Span[] = [];
  for (let depth = 0; depth < 3000; depth++) {
    parent = start(`d${depth}`, depth, parent);
    spans.push(parent);
  }
  for (const span of spans) span.end(at(4000));
  const lines = draw().split("\n");
  expect(lines).toHaveLength(3001);
  expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(100);
});

test("renderWaterfall() refuses a width in which nothing fits", () => {
  for (const width of [39, 0, -1, 80.5, Number.NaN]) {
    expect(() => renderWaterfall([], { width })).toThrow(
      new RangeError(
        `Cannot draw a waterfall as 'width' must be a whole number of 40 or more: current value is ${width}`,
      ),
    );
  }
});
