import { createTestTracing } from "@dcmx-tracing/testing";
import { DiagLogLevel, diag, metrics as metricsApi } from "@opentelemetry/api";
import { hexlify, JsonRpcProvider, Network, randomBytes } from "ethers";
import { expect, test, vi } from "vitest";
import { useTelemetry } from "../test/setup.ts";
import { registry } from "./_registry.ts";
import { instrumentProvider, uninstrument } from "./mod.ts";

const t = useTelemetry();
const network = Network.from(31337);

type Payload = { id: number; method: string; params: unknown };

/** A provider whose node is a function. */
class MemoryProvider extends JsonRpcProvider {
  readonly #answer: (payload: Payload) => unknown;

  constructor(answer: (payload: Payload) => unknown = () => "0x1") {
    super("http://node.example", network, { staticNetwork: network, cacheTimeout: -1, batchStallTime: 0 });
    this.#answer = answer;
  }

  override async _send(payload: Payload | Payload[]): Promise<{ id: number; result: unknown }[]> {
    const list = Array.isArray(payload) ? payload : [payload];
    return list.map((item) => ({ id: item.id, result: this.#answer(item) }));
  }
}

function memory(answer?: (payload: Payload) => unknown): MemoryProvider {
  const provider = t.own(new MemoryProvider(answer));
  t.later(() => uninstrument(provider));
  return provider;
}

function collectWarnings(): string[] {
  const logs: string[] = [];
  const log = (...args: unknown[]): void => {
    logs.push(args.map(String).join(" "));
  };
  const quiet = (): void => undefined;
  diag.setLogger({ error: log, warn: log, info: quiet, debug: quiet, verbose: quiet }, DiagLogLevel.WARN);
  t.later(() => diag.disable());
  return logs;
}

test("the very error that ethers or its transport has thrown reaches the caller", async () => {
  const failure = Object.assign(new Error("refused"), { code: "EHOSTUNREACH", info: { a: 1 } });
  const { stack } = failure;
  const provider = instrumentProvider(
    memory(() => {
      throw failure;
    }),
  );
  const caught = await provider.send("eth_call", []).catch((error: unknown) => error);
  expect(caught).toBe(failure);
  expect(Object.keys(failure)).toEqual(["code", "info"]);
  expect(failure.stack).toBe(stack);
});

test("what is thrown need not be an error, and its getters may throw", async () => {
  const hostile = {
    get code(): string {
      throw new Error("no");
    },
  };
  for (const value of [undefined, null, "text", 7, hostile]) {
    const provider = instrumentProvider(
      memory(() => {
        throw value;
      }),
    );
    const caught = await provider.send("eth_call", []).then(
      () => "resolved",
      (error: unknown) => error,
    );
    expect(caught).toBe(value);
  }
  expect(t.tracing.openSpans()).toEqual([]);
});

test("hooks see the call; one that throws changes nothing and is reported once", async () => {
  const warnings = collectWarnings();
  const provider = instrumentProvider(memory(), {
    requestHook: (span, { method, params }) => {
      span.setAttribute("artist.id", `${method}:${JSON.stringify(params)}`);
    },
    responseHook: () => {
      throw new Error("a secret");
    },
  });
  const shared = [1];
  expect(await Promise.all([provider.send("eth_call", shared), provider.send("eth_call", shared)])).toEqual([
    "0x1",
    "0x1",
  ]);
  const calls = t.tracing.spans().filter(({ name }) => name === "eth_call");
  expect(calls.map(({ attributes }) => attributes["artist.id"])).toEqual(["eth_call:[1]", "eth_call:[1]"]);
  expect(warnings).toEqual(["@dcmx-tracing/ethers-instrumentation responseHook threw (Error)"]);
});

test("a span processor and a meter that throw change nothing for the application", async () => {
  await t.tracing.shutdown();
  const warnings = collectWarnings();
  const broken = (): never => {
    throw new Error("broken");
  };
  const noop = async (): Promise<void> => undefined;
  const tracing = createTestTracing({
    spanProcessors: [{ onStart: broken, onEnd: broken, forceFlush: noop, shutdown: noop }],
  });
  t.later(() => tracing.shutdown());
  const provider = instrumentProvider(memory(), { meterProvider: { getMeter: broken } });
  expect(await Promise.all([provider.send("eth_call", []), provider.getBlockNumber()])).toEqual(["0x1", 1]);
  expect(warnings.length).toBeGreaterThan(0);
  expect(new Set(warnings).size).toBe(warnings.length);
});

test("without an SDK nothing is recorded and nothing is different", async () => {
  await t.tracing.shutdown();
  metricsApi.disable();
  const provider = instrumentProvider(memory());
  expect(await provider.getBlockNumber()).toBe(1);
  expect(await Promise.all([provider.send("eth_call", []), provider.send("eth_call", [])])).toEqual([
    "0x1",
    "0x1",
  ]);
});

test("an SDK that is registered after the instrumentation is found", async () => {
  await t.tracing.shutdown();
  const provider = instrumentProvider(memory());
  await provider.getBlockNumber();
  const tracing = createTestTracing();
  t.later(() => tracing.shutdown());
  await provider.getBlockNumber();
  expect(tracing.spans().map(({ name }) => name)).toEqual(["eth_blockNumber"]);
});

test("spies on `send` work before and after the instrumentation, and can be taken back", async () => {
  const provider = memory();
  const before = vi.spyOn(provider, "send");
  instrumentProvider(provider);
  await provider.getBlockNumber();
  expect(before).toHaveBeenCalledWith("eth_blockNumber", []);
  before.mockRestore();
  const after = vi.spyOn(provider, "send").mockResolvedValue("0x7");
  expect(await provider.getBlockNumber()).toBe(7);
  after.mockRestore();
  t.tracing.reset();
  expect(await provider.getBlockNumber()).toBe(1);
  expect(t.tracing.spans().map(({ name }) => name)).toEqual(["eth_blockNumber"]);
});

test("patched methods keep name, number of parameters and enumerability", () => {
  const shape = (): unknown[] =>
    ["send", "_start", "getRpcError"].map((name) => {
      const descriptor = Object.getOwnPropertyDescriptor(
        Object.getPrototypeOf(Object.getPrototypeOf(JsonRpcProvider.prototype)),
        name,
      );
      const method: unknown = descriptor?.value;
      return typeof method === "function" ? [method.name, method.length, descriptor?.enumerable] : undefined;
    });
  const plain = shape();
  const provider = instrumentProvider(memory());
  expect(shape()).toEqual(plain);
  expect(Object.keys(provider)).toEqual(Object.keys(new MemoryProvider()));
});

test("thousands of calls leave nothing behind: no open operation, and a bounded number of transactions", async () => {
  const provider = instrumentProvider(
    memory(({ method }) => (method === "eth_sendRawTransaction" ? hexlify(randomBytes(32)) : "0x1")),
    { maxTrackedTransactions: 50 },
  );
  const { open, transactions } = registry();
  transactions.clear();
  const start = open.length;
  for (let i = 0; i < 20; i++) {
    await Promise.all(Array.from({ length: 100 }, () => provider.send("eth_call", [{ to: null }])));
    await Promise.all(Array.from({ length: 20 }, () => provider.send("eth_sendRawTransaction", ["0x02"])));
  }
  expect(open.length).toBe(start);
  expect(transactions.size).toBe(50);
  transactions.clear();
});

test("the number of metric series does not depend on addresses, hashes or names of methods", async () => {
  const provider = instrumentProvider(memory());
  const calls = (): Promise<unknown>[] => [
    provider.send("eth_getBalance", [hexlify(randomBytes(20)), "latest"]),
    provider.send("eth_getTransactionByHash", [hexlify(randomBytes(32))]),
    provider.send(`x_${hexlify(randomBytes(8))}`, []),
  ];
  await Promise.all(calls());
  await Promise.all(calls());
  const before = await t.metrics.seriesCount();
  for (let i = 0; i < 10; i++) await Promise.all(Array.from({ length: 33 }, calls).flat());
  expect(await t.metrics.seriesCount()).toBe(before);
});

test("options are validated when they are given, and the last ones hold", async () => {
  const provider = memory();
  expect(() => instrumentProvider(provider, { maxTrackedTransactions: Number.NaN })).toThrow(
    new RangeError(
      "Cannot instrument ethers as 'maxTrackedTransactions' must be a positive number: current value is NaN",
    ),
  );
  expect(() => instrumentProvider(provider, { wait: "never" as "off" })).toThrow(
    new RangeError(
      "Cannot instrument ethers as 'wait' must be one of 'summary', 'spans', 'off': current value is 'never'",
    ),
  );
  instrumentProvider(provider, { networkNames: { 31337: "studio" } });
  await provider.getBlockNumber();
  instrumentProvider(provider, { networkNames: { 31337: "stage" } });
  await provider.getBlockNumber();
  expect(t.draw("blockchain.network")).toBe(
    [
      'eth_blockNumber CLIENT blockchain.network="studio"',
      "",
      'eth_blockNumber CLIENT blockchain.network="stage"',
    ].join("\n"),
  );
});
