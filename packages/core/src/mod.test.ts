import { expect, test } from "vitest";
import * as core from "./mod.ts";

test("@dcmx-tracing/core exports exactly these values", () => {
  expect(Object.keys(core).sort()).toEqual([
    "TracingConfigError",
    "activeSpan",
    "activeTraceId",
    "addEvent",
    "createPipeline",
    "describeConfig",
    "diagnose",
    "initTracing",
    "injectContext",
    "maskValue",
    "recordError",
    "resolveConfig",
    "runDoctor",
    "setAttribute",
    "setAttributes",
    "startSpan",
    "withContext",
    "withSampling",
  ]);
});
