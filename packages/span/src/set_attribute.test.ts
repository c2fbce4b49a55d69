import { createTestTracing, renderTrace } from "@dcmx-tracing/testing";
import { expect, test } from "vitest";
import { addEvent, recordError, setAttribute, setAttributes, startSpan } from "./mod.ts";

test("setAttribute() and setAttributes() write to the active span, bigint as digits, null not at all", async () => {
  await using tracing = createTestTracing();
  startSpan("work", () => {
    setAttribute("a", 1);
    setAttribute("big", 2n ** 80n);
    setAttribute("none", undefined);
    setAttributes({ b: "x", c: null, d: [true] });
  });
  expect(renderTrace(tracing.spans())).toBe('work a=1 b="x" big="1208925819614629174706176" d=[true]');
});

test("addEvent() adds an event with attributes", async () => {
  await using tracing = createTestTracing();
  startSpan("work", () => {
    addEvent("plain");
    addEvent("rich", { id: 3n });
  });
  expect(renderTrace(tracing.spans())).toBe(["work", "   • plain", '   • rich id="3"'].join("\n"));
});

test("recordError() records an error that is thrown afterwards only once", async () => {
  await using tracing = createTestTracing();
  const error = new Error("down");
  expect(() =>
    startSpan("work", () => {
      recordError(error);
      throw error;
    }),
  ).toThrow(error);
  expect(renderTrace(tracing.spans(), { attributes: ["error.type"] })).toBe(
    ['work ERROR "down" error.type="Error"', "   • exception"].join("\n"),
  );
});
