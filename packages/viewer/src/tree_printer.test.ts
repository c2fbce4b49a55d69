import { createTestTracing, type TestTracing } from "@dcmx-tracing/testing";
import {
  type Context,
  context,
  DiagLogLevel,
  diag,
  ROOT_CONTEXT,
  type Span,
  trace,
} from "@opentelemetry/api";
import { SamplingDecision } from "@opentelemetry/sdk-trace-base";
import { afterEach, expect, test } from "vitest";
import {
  type TreePrinter,
  type TreePrinterOptions,
  type TreePrinterStream,
  treePrinter,
} from "./tree_printer.ts";

let tracing: TestTracing | undefined;
afterEach(async () => {
  await tracing?.shutdown();
  diag.disable();
});

interface Harness {
  readonly printer: TreePrinter;
  readonly printed: string[];
  /** The names on the lines of the n-th waterfall, without bars. */
  names(index: number): string[];
  start(name: string, parent?: Span): Span;
}

function harness(options: TreePrinterOptions = {}, sampled: (name: string) => boolean = () => true): Harness {
  const printed: string[] = [];
  const printer = treePrinter({ stream: { write: (text) => printed.push(text) }, ...options });
  tracing = createTestTracing({
    spanProcessors: [printer],
    sampler: {
      shouldSample: (_context: Context, _id: string, name: string) => ({
        decision: sampled(name) ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.RECORD,
      }),
      toString: () => "by name",
    },
  });
  const tracer = tracing.tracer();
  return {
    printer,
    printed,
    names: (index) =>
      (printed[index] ?? "")
        .split("\n")
        .filter((line) => line.includes("█"))
        .map((line) => line.replace(/ +█.*/, "").trimEnd()),
    start: (name, parent) =>
      tracer.startSpan(name, {}, parent === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, parent)),
  };
}

test("treePrinter() prints a trace when its last span has ended, and nothing before", () => {
  const { names, printed, start } = harness();
  const root = start("root");
  const child = start("child", root);
  root.end();
  expect(printed).toEqual([]);
  child.end();
  expect(printed).toHaveLength(1);
  expect(names(0)).toEqual(["root", "└─ child"]);
  expect(printed[0]).toMatch(/^trace [0-9a-f]{32} · .* · 2 spans · .*\n/);
  expect(printed[0]?.endsWith("\n\n")).toBe(true);
});

test("treePrinter() draws siblings in the order of their start", () => {
  const { names, start } = harness();
  const root = start("root");
  const spans = ["c", "a", "b"].map((name) => start(name, root));
  for (const span of spans.reverse()) span.end();
  root.end();
  expect(names(0)).toEqual(["root", "├─ c", "├─ a", "└─ b"]);
});

test("treePrinter() keeps concurrent traces apart", async () => {
  const { names } = harness();
  const tracer = trace.getTracer("app");
  const work = (name: string): Promise<void> =>
    tracer.startActiveSpan(name, async (root) => {
      await Promise.resolve();
      tracer.startSpan(`${name}.child`).end();
      root.end();
    });
  await Promise.all([work("a"), work("b")]);
  expect([names(0), names(1)]).toEqual([
    ["a", "└─ a.child"],
    ["b", "└─ b.child"],
  ]);
});

test("treePrinter() prints what starts later in a trace on its own", () => {
  const { names, start } = harness();
  const root = start("root");
  root.end();
  start("tx.wait", root).end();
  expect([names(0), names(1)]).toEqual([["root"], ["tx.wait"]]);
});

test("treePrinter() shows sampled spans only", () => {
  const { names, printer, start } = harness({}, (name) => name !== "unsampled");
  start("unsampled").end();
  start("sampled").end();
  expect(names(0)).toEqual(["sampled"]);
  expect(printer.stats()).toEqual({ traces: 1, spans: 1, dropped: 0, openTraces: 0 });
});

test("treePrinter() prints unfinished traces at shutdown(), with a note, and nothing after it", async () => {
  const { names, printed, printer, start } = harness();
  const root = start("root");
  start("child", root).end();
  start("never ended anything");
  await printer.shutdown();
  expect(names(0)).toEqual(["child"]);
  expect(printed[0]).toContain("(spans: 1 still open)");
  root.end();
  start("late").end();
  expect(printed).toHaveLength(1);
});

test("treePrinter() prints the oldest trace when too many are open, and counts its late spans", () => {
  const { names, printed, printer, start } = harness({ maxTraces: 2 });
  const [a, b] = [start("a"), start("b")];
  start("a.child", a).end();
  const c = start("c");
  expect(names(0)).toEqual(["a.child"]);
  expect(printed[0]).toContain("(spans: 1 still open)");
  for (const span of [a, b, c]) span.end();
  expect([names(1), names(2)]).toEqual([["b"], ["c"]]);
  expect(printer.stats()).toEqual({ traces: 3, spans: 3, dropped: 1, openTraces: 0 });
});

test("treePrinter() holds at most so many spans, and says what it does not show", () => {
  const { names, printed, printer, start } = harness({ maxSpans: 3 });
  const root = start("root");
  for (let index = 0; index < 10; index++) start(`child ${index}`, root).end();
  root.end();
  expect(names(0)).toEqual(["root", "├─ child 0", "└─ child 1"]);
  expect(printed[0]).toContain("(spans: 8 not shown, as too many spans were held)");
  expect(printer.stats()).toEqual({ traces: 1, spans: 3, dropped: 8, openTraces: 0 });
  start("after").end();
  expect(names(1)).toEqual(["after"]);
});

test("treePrinter() forgets what it has printed", () => {
  const { printer, start } = harness({ maxSpans: 2 });
  for (let index = 0; index < 50; index++) start("root").end();
  expect(printer.stats()).toEqual({ traces: 50, spans: 50, dropped: 0, openTraces: 0 });
});

test("treePrinter() takes width and colour from the stream", async () => {
  const cases: [Partial<TreePrinterStream>, TreePrinterOptions, { columns: number; painted: boolean }][] = [
    [{}, {}, { columns: 100, painted: false }],
    [{ isTTY: true, columns: 60, hasColors: () => true }, {}, { columns: 60, painted: true }],
    [{ isTTY: true, columns: 60, hasColors: () => false }, {}, { columns: 60, painted: false }],
    [{ isTTY: false, hasColors: () => true }, {}, { columns: 100, painted: false }],
    [{ isTTY: true, columns: 8 }, {}, { columns: 40, painted: false }],
    [{ columns: 60 }, { width: 70, color: true }, { columns: 70, painted: true }],
  ];
  for (const [terminal, options, expected] of cases) {
    let text = "";
    const stream = { ...terminal, write: (piece: string) => (text += piece) };
    const { start } = harness({ ...options, stream });
    start(
      "a name that is much longer than what any of the terminals of this test can show on one line of it",
    ).end();
    await tracing?.shutdown();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is the escape of a colour.
    const lines = text.replace(/\u001b\[\d+m/g, "").split("\n");
    expect({
      columns: Math.max(...lines.map((line) => line.length)),
      painted: text.includes("\u001b"),
    }).toEqual(expected);
  }
});

test("treePrinter() takes colours off where the environment has NO_COLOR", async () => {
  const { WriteStream } = await import("node:tty");
  // The real method of terminals, asked as a terminal would be.
  const hasColors = () => WriteStream.prototype.getColorDepth.call({}, { ...process.env, NO_COLOR: "1" }) > 1;
  let text = "";
  const { start } = harness({ stream: { isTTY: true, hasColors, write: (piece) => (text += piece) } });
  start("root").end();
  expect(text).toContain("root");
  expect(text).not.toContain("\u001b");
});

test("treePrinter() never throws into the application, and says once why", () => {
  const warnings: unknown[][] = [];
  const quiet = () => {};
  const warn = (...args: unknown[]): void => void warnings.push(args);
  diag.setLogger({ error: quiet, warn, info: quiet, debug: quiet, verbose: quiet }, DiagLogLevel.WARN);
  const broken = new Error("EPIPE");
  const stream: TreePrinterStream = {
    write: () => {
      throw broken;
    },
  };
  const { printer, start } = harness({ stream });
  start("a").end();
  start("b").end();
  expect(warnings).toEqual([["@dcmx-tracing/viewer: a waterfall could not be printed", broken]]);
  expect(printer.stats()).toEqual({ traces: 0, spans: 0, dropped: 2, openTraces: 0 });
});

test("treePrinter() shows what the given attributes select", () => {
  const { printed, start } = harness({ attributes: ["custom"] });
  start("root").setAttributes({ custom: 1, "tx.hash": "0x1" }).end();
  expect(printed[0]).toContain("custom=1");
  expect(printed[0]).not.toContain("tx.hash");
});

test("treePrinter() has nothing to flush", async () => {
  const { printed, printer, start } = harness();
  start("open");
  await printer.forceFlush();
  expect(printed).toEqual([]);
  expect(context.active()).toBe(ROOT_CONTEXT);
});

test.each<[TreePrinterOptions, string]>([
  [
    { maxTraces: 0 },
    "Cannot create the tree printer as 'maxTraces' must be a whole number of 1 or more: current value is 0",
  ],
  [
    { maxSpans: 1.5 },
    "Cannot create the tree printer as 'maxSpans' must be a whole number of 1 or more: current value is 1.5",
  ],
  [
    { width: 10 },
    "Cannot draw a waterfall as 'width' must be a whole number of 40 or more: current value is 10",
  ],
])("treePrinter(%j) is a mistake of the set-up", (options, message) => {
  expect(() => treePrinter(options)).toThrow(new RangeError(message));
});
