import { type Context, INVALID_SPAN_CONTEXT, ROOT_CONTEXT, type Span, trace } from "@opentelemetry/api";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ContextWithSpan, SPAN_KEY } from "./_context_with_span.ts";

const KEYS = [Symbol("a"), Symbol("b"), SPAN_KEY];

type Step = readonly ["span"] | readonly ["set", number, number] | readonly ["delete", number];

function apply(
  context: Context,
  step: Step,
  setSpan: (context: Context, span: Span) => Context,
  span: Span,
): Context {
  if (step[0] === "span") return setSpan(context, span);
  const key = KEYS[step[1]] as symbol;
  if (step[0] === "delete") return context.deleteValue(key);
  return context.setValue(key, key === SPAN_KEY ? span : step[2]);
}

test("ContextWithSpan answers as the contexts of the API do, after any sequence of changes", () => {
  const key = fc.nat(KEYS.length - 1);
  const step = fc.oneof(
    fc.constant<Step>(["span"]),
    fc.tuple(fc.constant("set" as const), key, fc.nat(9)),
    fc.tuple(fc.constant("delete" as const), key),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let [ours, theirs]: [Context, Context] = [ROOT_CONTEXT, ROOT_CONTEXT];
      for (const each of steps) {
        const span = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
        const before = ours;
        const seen = KEYS.map((each) => before.getValue(each));
        ours = apply(ours, each, (context, span) => new ContextWithSpan(context, span), span);
        theirs = apply(theirs, each, trace.setSpan, span);
        expect(KEYS.map((each) => ours.getValue(each))).toEqual(KEYS.map((each) => theirs.getValue(each)));
        expect(trace.getSpan(ours)).toBe(trace.getSpan(theirs));
        expect(KEYS.map((each) => before.getValue(each))).toEqual(seen);
      }
    }),
    { numRuns: 500 },
  );
});
