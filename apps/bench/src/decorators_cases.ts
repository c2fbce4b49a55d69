// What decorators_bench.ts measures: the same work, bare, by hand on the OpenTelemetry API, through our wrappers, and
// through the published ones. Legacy decorators are applied by hand, so that no compiler stands between.
import "reflect-metadata";
import { traced, tracedMethod } from "@dcmx-tracing/decorators";
import { startSpan } from "@dcmx-tracing/span";
import { Traced } from "@fullstackhouse/opentelemetry-js-decorator";
import { observe } from "@langfuse/tracing";
import { type Span as ApiSpan, SpanStatusCode, trace } from "@opentelemetry/api";
import { Span } from "nestjs-otel";

/** One thing to measure: calls its subject `n` times and returns a sum, so that nothing is optimised away. */
export interface Case {
  readonly row: "async" | "sync" | "capture";
  readonly subject: string;
  run(n: number): Promise<number> | number;
}

type Work = (tokenId: number) => Promise<number>;
type Decorator = (target: object, key: string, descriptor: PropertyDescriptor) => unknown;

interface Order {
  readonly tokenId: number;
  readonly artist: string;
  readonly price: number;
  readonly royalty: boolean;
}

/** Makes an object whose method `mint` is decorated by a legacy decorator. */
function decorated<F>(method: F, decorator: Decorator): { mint: F } {
  class Minter {}
  const descriptor: PropertyDescriptor = { value: method, writable: true, configurable: true };
  const put = decorator(Minter.prototype, "mint", descriptor) ?? descriptor;
  Object.defineProperty(Minter.prototype, "mint", put as PropertyDescriptor);
  // The property has just been defined.
  return new Minter() as { mint: F };
}

const tracer = trace.getTracer("bench");

async function work(tokenId: number): Promise<number> {
  return tokenId + 1;
}

function workSync(tokenId: number): number {
  return tokenId + 1;
}

async function sell(order: Order): Promise<Order> {
  return { ...order, price: order.price + 1 };
}

/** What careful people write by hand. */
function byHand(tokenId: number): Promise<number> {
  return tracer.startActiveSpan("mint", async (span) => {
    try {
      return await work(tokenId);
    } catch (error) {
      fail(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

function byHandSync(tokenId: number): number {
  return tracer.startActiveSpan("mint", (span) => {
    try {
      return workSync(tokenId);
    } catch (error) {
      fail(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

function byHandCapture(order: Order): Promise<Order> {
  return tracer.startActiveSpan("sell", async (span) => {
    try {
      span.setAttribute("code.args.order", JSON.stringify(order));
      const result = await sell(order);
      span.setAttribute("code.result", JSON.stringify(result));
      return result;
    } catch (error) {
      fail(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

function fail(span: ApiSpan, error: unknown): void {
  span.recordException(error as Error); // as people write it
  span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
}

const method: Work = async function (this: unknown, tokenId: number) {
  return tokenId + 1;
};
const named = { operationName: "mint" };
const ours = decorated(method, tracedMethod(named) as Decorator);
const nest = decorated(method, Span("mint") as Decorator);
const fullstackhouse = decorated(method, Traced("mint") as unknown as Decorator);
const tracedSync = traced(named, workSync);
const observed = observe(work, { name: "mint", captureInput: false, captureOutput: false });
const tracedSell = traced({ operationName: "sell", includeArgs: true, includeResult: true }, sell);
const observedSell = observe(sell, { name: "sell" });
const bare = { mint: method };
const order = (i: number): Order => ({ tokenId: i, artist: "artist_123", price: i / 2, royalty: true });

/** All cases that share one OpenTelemetry SDK. */
export async function otelCases(): Promise<Case[]> {
  const { withSpan } = await import("@arizeai/openinference-core");
  const inference = withSpan(work, { name: "mint", processInput: () => ({}), processOutput: () => ({}) });
  const inferenceSell = withSpan(sell, { name: "sell" });
  return [
    asyncCase("bare", (i) => bare.mint(i)),
    asyncCase("by hand", byHand),
    asyncCase("@tracedMethod", (i) => ours.mint(i)),
    asyncCase("startSpan", (i) => startSpan("mint", () => work(i))),
    asyncCase("nestjs-otel @Span", (i) => nest.mint(i)),
    asyncCase("@fullstackhouse @Traced", (i) => fullstackhouse.mint(i)),
    asyncCase("@arizeai withSpan", (i) => inference(i)),
    asyncCase("@langfuse observe", (i) => observed(i)),
    syncCase("bare", workSync),
    syncCase("by hand", byHandSync),
    syncCase("traced", tracedSync),
    syncCase("startSpan", (i) => startSpan("mint", () => workSync(i))),
    captureCase("bare", sell),
    captureCase("by hand", byHandCapture),
    captureCase("traced", tracedSell),
    captureCase("@arizeai withSpan", inferenceSell),
    captureCase("@langfuse observe", observedSell),
  ];
}

export function asyncCase(subject: string, call: (i: number) => Promise<number>): Case {
  return {
    row: "async",
    subject,
    async run(n) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += await call(i);
      return sum;
    },
  };
}

function syncCase(subject: string, call: (i: number) => number): Case {
  return {
    row: "sync",
    subject,
    run(n) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += call(i);
      return sum;
    },
  };
}

function captureCase(subject: string, call: (order: Order) => Promise<Order>): Case {
  return {
    row: "capture",
    subject,
    async run(n) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += (await call(order(i))).price;
      return sum;
    },
  };
}
