import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type * as Ethers from "ethers";
import { expect, test } from "vitest";
import { connect, useTelemetry } from "../test/setup.ts";
import { startStubNode } from "../test/stub_node.ts";
import { EthersInstrumentation } from "./auto.ts";
import { instrumentProvider, uninstrument } from "./mod.ts";

const t = useTelemetry();

async function stub() {
  const node = await startStubNode();
  t.later(() => node.stop());
  return node;
}

function cjsProvider(url: string, ethers: typeof Ethers): Ethers.JsonRpcProvider {
  const network = ethers.Network.from(31337);
  return t.own(new ethers.JsonRpcProvider(url, network, { staticNetwork: network, cacheTimeout: -1 }));
}

test("EthersInstrumentation sees a CommonJS application, and stops and resumes at run time", async () => {
  const instrumentation = new EthersInstrumentation();
  t.later(() => instrumentation.disable());
  // The copy of ethers that CommonJS applications load.
  const ethers = createRequire(import.meta.url)("ethers") as typeof Ethers;
  const send = ethers.JsonRpcApiProvider.prototype.send;
  const node = await stub();
  const provider = cjsProvider(node.url, ethers);
  await provider.getBlockNumber();
  instrumentation.disable();
  expect(ethers.JsonRpcApiProvider.prototype.send).not.toBe(send);
  await provider.getBlockNumber();
  instrumentation.enable();
  await provider.send("eth_gasPrice", []);
  expect(t.draw()).toBe("eth_blockNumber CLIENT\n\neth_gasPrice CLIENT");
});

test("EthersInstrumentation sees an ESM application and its subpath imports", async () => {
  const node = await stub();
  const script = fileURLToPath(new URL("../test/fixtures/auto_esm.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script, node.url]);
  expect(stdout).toBe("eth_blockNumber CLIENT\n\neth_gasPrice CLIENT");
}, 60_000);

test("EthersInstrumentation and instrumentProvider() together record each call once", async () => {
  const instrumentation = new EthersInstrumentation();
  t.later(() => instrumentation.disable());
  const ethers = createRequire(import.meta.url)("ethers") as typeof Ethers;
  const node = await stub();
  const cjs = instrumentProvider(instrumentProvider(cjsProvider(node.url, ethers)));
  t.later(() => uninstrument(cjs));
  // The ESM copy has classes of its own in the same process.
  const esm = instrumentProvider(t.own(connect(node.url)));
  t.later(() => uninstrument(esm));
  await cjs.getBlockNumber();
  await esm.send("eth_gasPrice", []);
  expect(t.draw()).toBe("eth_blockNumber CLIENT\n\neth_gasPrice CLIENT");
});

test("EthersInstrumentation throws for an option that is not allowed", () => {
  expect(() => new EthersInstrumentation({ stuckAfterMs: 0 })).toThrow(
    new RangeError(
      "Cannot instrument ethers as 'stuckAfterMs' must be a positive number: current value is 0",
    ),
  );
});
