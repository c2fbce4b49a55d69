/** A process that ends spans and then has nothing to do: the pipeline must not keep it alive. */

import { createPipeline } from "../pipeline/create_pipeline.ts";
import { fakeSpan } from "./_spans.ts";

const pipeline = createPipeline({
  target: { kind: "otlp-http", url: process.env.OTLP_URL ?? "", timeoutMs: 60_000 },
  batch: { maxBatchSpans: 1, scheduleDelayMs: 60_000 },
  retry: { initialDelayMs: 60_000, maxDelayMs: 60_000 },
});
pipeline.processor.onEnd(fakeSpan("s0"));
pipeline.processor.onEnd(fakeSpan("s1"));
