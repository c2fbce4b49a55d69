import { startSpan } from "@dcmx-tracing/span";
import {
  context,
  propagation,
  ROOT_CONTEXT,
  type TextMapPropagator,
  TraceFlags,
  trace,
} from "@opentelemetry/api";
import { expect, test } from "vitest";
import type { PropagatorName } from "../config/setting_values.ts";
import { initTracing } from "../init_tracing.ts";
import { injectContext, withContext } from "../mod.ts";
import { type OtlpReceiver, startOtlpReceiver } from "../testing/_otlp_receiver.ts";
import { type RunningApp, runApp } from "../testing/_run_app.ts";
import { createPropagator } from "./_create_propagator.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const SPAN = "b7ad6b7169203331";
const ACTIVE = trace.setSpanContext(ROOT_CONTEXT, {
  traceId: TRACE,
  spanId: SPAN,
  traceFlags: TraceFlags.SAMPLED,
});

function inject(propagator: TextMapPropagator, active = ACTIVE): Record<string, string> {
  const carrier: Record<string, string> = {};
  propagator.inject(active, carrier, {
    set: (target, key, value) => Object.assign(target, { [key]: value }),
  });
  return carrier;
}

test.each<[PropagatorName, Record<string, string>]>([
  ["tracecontext", { traceparent: `00-${TRACE}-${SPAN}-01` }],
  ["b3", { b3: `${TRACE}-${SPAN}-1` }],
  ["b3multi", { "x-b3-traceid": TRACE, "x-b3-spanid": SPAN, "x-b3-sampled": "1" }],
  ["jaeger", { "uber-trace-id": `${TRACE}:${SPAN}:0:01` }],
])("createPropagator() writes %s as its format has it, and reads it back", (name, headers) => {
  const propagator = createPropagator([name]);
  expect(inject(propagator)).toEqual(headers);
  const extracted = propagator.extract(ROOT_CONTEXT, headers, {
    get: (carrier, key) => carrier[key],
    keys: (carrier) => Object.keys(carrier),
  });
  expect(trace.getSpanContext(extracted)).toMatchObject({ traceId: TRACE, spanId: SPAN, isRemote: true });
});

test("createPropagator() carries baggage, several formats at once, and nothing for none", () => {
  const withBaggage = propagation.setBaggage(ACTIVE, propagation.createBaggage({ tenant: { value: "a b" } }));
  expect(inject(createPropagator(["tracecontext", "baggage", "b3"]), withBaggage)).toEqual({
    traceparent: `00-${TRACE}-${SPAN}-01`,
    baggage: "tenant=a%20b",
    b3: `${TRACE}-${SPAN}-1`,
  });
  expect(inject(createPropagator(["none"]))).toEqual({});
});

test("initTracing() uses the propagators that OTEL_PROPAGATORS or the option names, both ways", async () => {
  const tracing = initTracing({ serviceName: "t", exporter: "none", propagators: ["b3", "jaeger"] });
  const headers = startSpan("a", () => injectContext());
  expect(Object.keys(headers).sort()).toEqual(["b3", "uber-trace-id"]);
  const seen = withContext(
    { b3: `${TRACE}-${SPAN}-1` },
    () => trace.getSpanContext(context.active())?.traceId,
  );
  expect(seen).toBe(TRACE);
  await tracing.shutdown();
});

test("initTracing() takes a propagator object", async () => {
  const propagator: TextMapPropagator = {
    inject: (_context, carrier, setter) => setter.set(carrier, "x-mine", "1"),
    extract: (active) => active,
    fields: () => ["x-mine"],
  };
  const tracing = initTracing({ serviceName: "t", exporter: "none", propagator });
  expect(startSpan("a", () => injectContext())).toEqual({ "x-mine": "1" });
  await tracing.shutdown();
});

test.each(["tracecontext,baggage", "b3", "jaeger"])(
  "one trace crosses two processes with OTEL_PROPAGATORS=%s",
  async (propagators) => {
    await using receiver = await startOtlpReceiver();
    const second = startService("royalties", propagators, receiver);
    const first = startService("sales", propagators, receiver, { NEXT_SERVICE: await urlOf(second) });
    const sent = { traceparent: `00-${TRACE}-${SPAN}-01`, baggage: "tenant=dcmx" };
    await fetch(await urlOf(first), { headers: sent });
    await receiver.waitFor(({ spans }) => spans().length === 3);
    const spans = new Map(receiver.spans().map((span) => [span.name, span]));
    const traces = new Set(receiver.spans().map((span) => span.traceId));
    expect(traces.size).toBe(1);
    expect(spans.get("royalties.handle")).toMatchObject({
      parentSpanId: spans.get("sales.call")?.spanId,
      resource: { "service.name": "royalties" },
    });
    if (propagators.startsWith("tracecontext")) {
      expect(traces).toEqual(new Set([TRACE]));
      expect(spans.get("royalties.handle")?.attributes).toEqual({ tenant: "dcmx" });
    }
    for (const service of [first, second]) {
      service.child.kill("SIGKILL");
      await service.result;
    }
  },
);

function startService(
  name: string,
  propagators: string,
  receiver: OtlpReceiver,
  more: Record<string, string> = {},
): RunningApp {
  const env = {
    OTEL_SERVICE_NAME: name,
    OTEL_PROPAGATORS: propagators,
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
  };
  return runApp("_service_app.ts", { ...env, ...more });
}

async function urlOf(service: RunningApp): Promise<string> {
  return /listening (\S+)\n/.exec(await service.said("\n"))?.[1] ?? "";
}
