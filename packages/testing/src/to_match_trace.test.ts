import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestTracing, type TestTracing } from "./create_test_tracing.ts";
import { type TraceMatchers, toMatchTrace } from "./to_match_trace.ts";

declare module "vitest" {
  interface Matchers<T> extends TraceMatchers {}
}
expect.extend({ toMatchTrace });

let tracing: TestTracing;
beforeEach(() => {
  tracing = createTestTracing();
  tracing.tracer().startActiveSpan("outer", (outer) => {
    tracing.tracer().startSpan("inner").setAttribute("id", "1").addEvent("e").end();
    outer.end();
  });
});
afterEach(() => tracing.shutdown());

test("toMatchTrace() accepts spans and a test tracing", () => {
  expect(tracing.spans()).toMatchTrace('outer\n└─ inner id="1"\n      • e');
  expect(tracing).toMatchTrace('outer\n└─ inner id="1"\n      • e');
  expect([]).toMatchTrace("");
});

test("toMatchTrace() takes the indentation and the lines around a template literal away", () => {
  expect(tracing).toMatchTrace(`
    outer
    └─ inner id="1"
          • e
  `);
});

test("toMatchTrace() keeps empty lines between traces", () => {
  tracing.tracer().startSpan("second").end();
  expect(tracing).toMatchTrace(
    `
      outer
      └─ inner

      second
    `,
    { attributes: false, events: false },
  );
});

test("toMatchTrace() passes options on", () => {
  expect(tracing).toMatchTrace("outer\n└─ inner id=*", { mask: ["id"], events: false });
});

test("toMatchTrace() fails with both drawings and gives them to the runner's diff", () => {
  expect(() => expect(tracing).toMatchTrace("outer")).toThrow(/drawn differently:\nouter\n└─ inner/);
  expect(() => expect([]).toMatchTrace("outer")).toThrow("(no spans)");
  const result = toMatchTrace(tracing.spans(), "\n  outer\n");
  expect(result).toMatchObject({
    pass: false,
    expected: "outer",
    actual: 'outer\n└─ inner id="1"\n      • e',
  });
});

test("toMatchTrace() can be negated", () => {
  expect(tracing).not.toMatchTrace("outer");
  const same = 'outer\n└─ inner id="1"\n      • e';
  expect(() => expect(tracing).not.toMatchTrace(same)).toThrow("should not be drawn as");
});

test("toMatchTrace() refuses what is no trace", () => {
  for (const value of [undefined, null, 1, "spans"]) {
    expect(() => toMatchTrace(value, "x")).toThrow(`must be spans or a test tracing: it is ${value}`);
  }
});
