import type { ReadableSpan } from "./_sdk.ts";
import type { TestTracing } from "./create_test_tracing.ts";
import { type RenderTraceOptions, renderTrace } from "./render_trace.ts";

/** What a matcher of `expect.extend()` returns, in vitest and in jest. */
export interface TraceMatcherResult {
  /** Whether the drawing is the expected one. */
  readonly pass: boolean;
  /** The text of the failure. */
  readonly message: () => string;
  /** The drawing of the spans, for the diff of the test runner. */
  readonly actual: string;
  /** The expected drawing without its indentation, for the diff of the test runner. */
  readonly expected: string;
}

/**
 * The matcher behind `expect(spans).toMatchTrace(drawing)`: it compares the drawing of {@linkcode renderTrace} with
 * a text. The text may be a template literal that is indented with the code around it: the common indentation and
 * the empty lines around the drawing are not part of it.
 *
 * TypeScript learns of the matcher by the declaration in the README, for vitest and for jest alike.
 *
 * @param received The finished spans, or the test tracing that holds them.
 * @param drawing The expected drawing.
 * @param options The options of `renderTrace()`.
 * @returns The verdict for the test runner.
 * @throws TypeError if `received` is neither an array of spans nor a test tracing.
 *
 * @example Register and use the matcher
 * ```ts
 * import { createTestTracing, type TraceMatchers, toMatchTrace } from "@dcmx-tracing/testing";
 * import { expect } from "vitest";
 *
 * expect.extend({ toMatchTrace });
 * const tracing = createTestTracing();
 * tracing.tracer().startActiveSpan("nft_minting", (span) => {
 *   tracing.tracer().startSpan("nft_minting.blockchain_mint").setAttribute("tx.hash", "0x4f").end();
 *   span.end();
 * });
 *
 * const assertion: unknown = expect(tracing); // not needed once the declaration of the README is in place
 * (assertion as TraceMatchers).toMatchTrace(`
 *   nft_minting
 *   └─ nft_minting.blockchain_mint tx.hash=*
 * `, { mask: ["tx.hash"] });
 * await tracing.shutdown();
 * ```
 */
export function toMatchTrace(
  received: unknown,
  drawing: string,
  options: RenderTraceOptions = {},
): TraceMatcherResult {
  const actual = renderTrace(spansOf(received), options);
  const expected = dedent(drawing);
  const pass = actual === expected;
  return {
    pass,
    message: () =>
      pass
        ? `The trace should not be drawn as:\n${actual}`
        : `The trace is drawn differently:\n${actual || "(no spans)"}\n\nexpected:\n${expected || "(no spans)"}`,
    actual,
    expected,
  };
}

/** The matcher as a method, for the declaration of a test runner's own types. */
export interface TraceMatchers<R = void> {
  /** Compares the drawing of `renderTrace()` with an (indented) text. */
  toMatchTrace(drawing: string, options?: RenderTraceOptions): R;
}

function spansOf(received: unknown): readonly ReadableSpan[] {
  if (Array.isArray(received)) return received;
  if (typeof received === "object" && received !== null && "spans" in received) {
    // An object with `spans` that is not a test tracing fails in the call below, which is as clear.
    return (received as TestTracing).spans();
  }
  throw new TypeError(`Cannot match a trace as the value must be spans or a test tracing: it is ${received}`);
}

function dedent(text: string): string {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  const filled = lines.filter((line) => line.trim() !== "");
  const margin = Math.min(...filled.map((line) => line.search(/\S/)));
  const shown = lines.map((line) => (line.trim() === "" ? "" : line.slice(margin).trimEnd()));
  return shown.join("\n").replace(/^\n+|\n+$/g, "");
}
