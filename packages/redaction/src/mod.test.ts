import { expect, test } from "vitest";
import * as mod from "./mod.ts";

test("mod exports exactly the public names", () => {
  expect(Object.keys(mod).sort()).toEqual([
    "RedactionSpanProcessor",
    "createRedactor",
    "recordRedaction",
    "redactExporter",
    "redactMetricAttributes",
    "redactResource",
    "redactTelemetry",
    "redactingExporter",
    "redactingLogProcessor",
    "redactingMetricExporter",
    "redactingProcessor",
    "redactingPropagator",
  ]);
});
