// Runs the scenario in every form and prints `{ form: { outcome, trace } }` as JSON. The runtimes run it bundled.
import { startSpan } from "@dcmx-tracing/span";
import { endWaitingCalls } from "@dcmx-tracing/span/kernel";
import { createTestTracing, renderTrace } from "@dcmx-tracing/testing";
import { byStandardClass } from "./by_standard_class.ts";
import { byStandardMethod } from "./by_standard_method.ts";
import { byStartSpan } from "./by_start_span.ts";
import { byWrapper } from "./by_wrapper.ts";
import { byLegacyClass } from "./legacy/by_legacy_class.ts";
import { byLegacyMethod } from "./legacy/by_legacy_method.ts";
import { runScenario } from "./scenario.ts";
import { makeWork, type Service } from "./service.ts";

const FORMS: Readonly<Record<string, (work: Service) => Service>> = {
  byStartSpan,
  byWrapper,
  byStandardMethod,
  byStandardClass,
  byLegacyMethod,
  byLegacyClass,
};

async function run(): Promise<void> {
  const results: Record<string, unknown> = {};
  for (const [form, make] of Object.entries(FORMS)) {
    const tracing = createTestTracing();
    const child = <T>(name: string, fn: () => T): T => startSpan(name, fn);
    const outcome = await runScenario(make(makeWork(child)), child);
    const waiting = endWaitingCalls();
    const trace = renderTrace(tracing.spans(), { mask: ["exception.message"] });
    results[form] = { outcome, waiting, open: tracing.openSpans().length, trace };
    await tracing.shutdown();
  }
  // JSON knows neither bigint nor undefined.
  process.stdout.write(JSON.stringify(results, (_key, value) => value ?? null));
}

void run();
