// Type tests: checked by tsc, never run.
import type { Span } from "@opentelemetry/api";
import { expectTypeOf } from "vitest";
import { injectContext, setAttribute, startSpan, withContext } from "./mod.ts";

expectTypeOf(startSpan("a", () => 1)).toEqualTypeOf<number>();
expectTypeOf(startSpan("a", async () => 1)).toEqualTypeOf<Promise<number>>();
expectTypeOf(
  startSpan("a", { root: true }, function* () {
    yield 1;
  }),
).toEqualTypeOf<Generator<number, void, unknown>>();
startSpan("a", (span) => expectTypeOf(span).toEqualTypeOf<Span>());
// @ts-expect-error a function is required
startSpan("a", { root: true });
// @ts-expect-error not an option
startSpan("a", { rot: true }, () => 1);

setAttribute("a", 1n);
// @ts-expect-error an object is no attribute
setAttribute("a", { b: 1 });

expectTypeOf(injectContext()).toEqualTypeOf<{ [name: string]: string }>();
expectTypeOf(injectContext(new Headers())).toEqualTypeOf<Headers>();
expectTypeOf(withContext({ traceparent: "" }, () => "x")).toEqualTypeOf<string>();
