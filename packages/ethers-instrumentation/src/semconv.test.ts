import type { JsonRpcProvider } from "ethers";
import { afterEach, expect, test, vi } from "vitest";
import { connect, useTelemetry } from "../test/setup.ts";
import { failure, results, startStubNode } from "../test/stub_node.ts";
import type { EthersInstrumentationOptions } from "./mod.ts";

const t = useTelemetry();

afterEach(() => {
  vi.unstubAllEnvs();
});

async function node(options?: EthersInstrumentationOptions, batchMaxCount = 1): Promise<JsonRpcProvider> {
  const stub = await startStubNode((request) =>
    request.calls.some(({ method }) => method === "eth_call")
      ? failure(request, -32005, "limit exceeded")
      : results(request),
  );
  t.later(() => stub.stop());
  t.instrument(options);
  return t.own(connect(stub.url, { batchMaxCount }));
}

/** Attributes of the spans with names of the RPC conventions, whichever version. */
function rpcAttributes(): Record<string, unknown>[] {
  return t.tracing
    .spans()
    .map(({ attributes }) =>
      Object.fromEntries(
        Object.entries(attributes).filter(
          ([key]) => /^(rpc|jsonrpc)\./.test(key) && key !== "rpc.queue.duration_ms",
        ),
      ),
    );
}

const STABLE = {
  "rpc.system.name": "jsonrpc",
  "rpc.method": "eth_gasPrice",
  "jsonrpc.protocol.version": "2.0",
  "jsonrpc.request.id": "1",
};

test.for(["", "rpc", "http/dup, database", "rpc/duplicate"])(
  "OTEL_SEMCONV_STABILITY_OPT_IN=%j: the stable names alone",
  async (value) => {
    vi.stubEnv("OTEL_SEMCONV_STABILITY_OPT_IN", value);
    const provider = await node();
    await provider.send("eth_gasPrice", []);
    expect(rpcAttributes()).toEqual([STABLE]);
    expect(await t.metrics.names()).not.toContain("rpc.client.duration");
  },
);

test.for(["rpc/dup", "rpc, rpc/dup", "http, rpc/dup ,database"])(
  "OTEL_SEMCONV_STABILITY_OPT_IN=%j: the older names beside the stable ones",
  async (value) => {
    vi.stubEnv("OTEL_SEMCONV_STABILITY_OPT_IN", value);
    const provider = await node();
    await provider.send("eth_gasPrice", []);
    expect(rpcAttributes()).toEqual([
      {
        ...STABLE,
        "rpc.system": "jsonrpc",
        "rpc.service": "eth",
        "rpc.jsonrpc.version": "2.0",
        "rpc.jsonrpc.request_id": "1",
      },
    ]);
    const [stable] = await t.metrics.points("rpc.client.call.duration");
    const [older] = await t.metrics.points("rpc.client.duration");
    expect(older?.attributes).toEqual({
      "rpc.system": "jsonrpc",
      "rpc.service": "eth",
      "rpc.method": "gasPrice",
      "server.address": "127.0.0.1",
      "server.port": stable?.attributes["server.port"],
    });
    expect(older?.count).toBe(1);
    // The same duration, in milliseconds.
    expect(older?.value).toBeCloseTo((stable?.value ?? 0) * 1000, 6);
  },
);

test("the option goes before the variable", async () => {
  vi.stubEnv("OTEL_SEMCONV_STABILITY_OPT_IN", "rpc/dup");
  const provider = await node({ semconv: "stable" });
  await provider.send("eth_gasPrice", []);
  expect(rpcAttributes()).toEqual([STABLE]);
});

test("semconv: dup gives the code of an error as a number as well, and names no service of unknown methods", async () => {
  const provider = await node({ semconv: "dup" });
  await expect(provider.send("eth_call", [])).rejects.toBeDefined();
  await provider.send("mystery", []);
  expect(rpcAttributes()).toMatchObject([
    { "rpc.status_code": "-32005", "rpc.jsonrpc.error_code": -32005, "rpc.service": "eth" },
    { "rpc.method": "_OTHER", "rpc.method_original": "mystery", "rpc.system": "jsonrpc" },
  ]);
  expect(rpcAttributes()[1]).not.toHaveProperty("rpc.service");
  const older = await t.metrics.points("rpc.client.duration");
  expect(older.map(({ attributes }) => [attributes["rpc.service"], attributes["rpc.method"]])).toEqual([
    ["eth", "call"],
    [undefined, "_OTHER"],
  ]);
});

test("semconv: dup marks the batch span with the older system name", async () => {
  const provider = await node({ semconv: "dup" }, 100);
  await t.inSpan("two", () =>
    Promise.all([provider.send("eth_gasPrice", []), provider.send("eth_blockNumber", [])]),
  );
  const batch = t.tracing.spans().find(({ name }) => name === "jsonrpc.batch");
  expect(batch?.attributes).toMatchObject({ "rpc.system": "jsonrpc", "rpc.system.name": "jsonrpc" });
});

test("instrumentEthers() works where the environment must not be read", async () => {
  const env = vi.spyOn(process, "env", "get").mockImplementation(() => {
    throw new Error("Requires env access, run again with the --allow-env flag");
  });
  try {
    const provider = await node();
    await provider.send("eth_gasPrice", []);
  } finally {
    env.mockRestore();
  }
  expect(rpcAttributes()).toEqual([STABLE]);
});
