/**
 * For tests of traced code: OpenTelemetry tracing in memory, and a trace drawn as text that a test compares.
 *
 * @example Assert a whole trace
 * ```ts
 * import { createTestTracing, renderTrace } from "@dcmx-tracing/testing";
 * import { expect } from "vitest";
 *
 * const tracing = createTestTracing();
 * tracing.tracer().startActiveSpan("artist_onboarding", (span) => span.end());
 *
 * expect(renderTrace(tracing.spans())).toBe("artist_onboarding");
 * await tracing.shutdown();
 * ```
 *
 * @module
 */
export {
  type AssertNoSecretsOptions,
  assertNoSecrets,
  type SecretFinding,
  SecretsFoundError,
} from "./assert_no_secrets.ts";
export { createTestTracing, type TestTracing, type TestTracingOptions } from "./create_test_tracing.ts";
export { type AttributeSelection, type RenderTraceOptions, renderTrace } from "./render_trace.ts";
export { type TraceMatcherResult, type TraceMatchers, toMatchTrace } from "./to_match_trace.ts";
