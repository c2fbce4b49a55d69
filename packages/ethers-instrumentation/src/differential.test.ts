import * as ethers from "ethers";
import { Contract, ContractFactory, type JsonRpcProvider, NonceManager, Wallet } from "ethers";
import { expect, test } from "vitest";
import { ACCOUNTS, startAnvil } from "../test/anvil.ts";
import { NFT_ABI, NFT_BYTECODE } from "../test/nft.ts";
import { collectOutcomes, comparable, type Outcome, type Run } from "../test/outcomes.ts";
import { startRecordingProxy } from "../test/recording_proxy.ts";
import { connect, useTelemetry } from "../test/setup.ts";
import { instrumentEthers, uninstrument } from "./mod.ts";

const t = useTelemetry();
const artist = ACCOUNTS[0]?.address ?? "";
const collector = ACCOUNTS[1]?.address ?? "";

/** Each operation of ethers that a back end uses, with its outcome, errors included. */
async function exercise(provider: JsonRpcProvider): Promise<Outcome[]> {
  const { outcomes, run } = collectOutcomes();
  const wallet = new Wallet(ACCOUNTS[0]?.key ?? "", provider);
  await reads(run, provider);
  const factory = new ContractFactory([...NFT_ABI], NFT_BYTECODE, wallet);
  const deployed = (await run("deploy", () => factory.deploy(false))) as Contract;
  await run("waitForDeployment", () => deployed.waitForDeployment());
  await run("deploy reverts", () => factory.deploy(true));
  await run("deploy with wrong arguments", () => factory.deploy());
  await contracts(run, new Contract(await deployed.getAddress(), [...NFT_ABI], wallet));
  await transactions(run, provider, wallet);
  return outcomes;
}

async function reads(run: Run, provider: JsonRpcProvider): Promise<void> {
  await run("getNetwork", () => provider.getNetwork());
  await run("getBlockNumber", () => provider.getBlockNumber());
  await run("getFeeData", () => provider.getFeeData());
  await run("getBalance", () => provider.getBalance(artist));
  await run("getTransactionCount", () => provider.getTransactionCount(artist));
  await run("getCode", () => provider.getCode(artist));
  await run("getStorage", () => provider.getStorage(artist, 0));
  await run("getBlock", () => provider.getBlock(0, true));
  await run("getBlock of none", () => provider.getBlock(10_000_000));
  await run("getTransaction of none", () => provider.getTransaction(`0x${"11".repeat(32)}`));
  await run("getTransactionReceipt of none", () => provider.getTransactionReceipt(`0x${"11".repeat(32)}`));
  await run("getLogs", () => provider.getLogs({ fromBlock: 0 }));
  await run("send of an unknown method", () => provider.send("no_such_method", [1]));
  await run("send with wrong parameters", () => provider.send("eth_getBalance", ["nonsense"]));
  await run("getBalance of nonsense", () => provider.getBalance("nonsense"));
  await run("resolveName", () => provider.resolveName("artist.eth"));
  await run("listAccounts", async () => (await provider.listAccounts()).length);
  await run("waitForTransaction of none", () => provider.waitForTransaction(`0x${"11".repeat(32)}`, 1, 20));
}

async function contracts(run: Run, nft: Contract): Promise<void> {
  const method = (name: string) => nft.getFunction(name);
  await run("view", () => method("nextId")());
  await run("view by property", () => nft.nextId?.());
  await run("mint", async () => (await method("mint(address)").send(collector)).wait());
  await run("mint by overload", async () =>
    (await method("mint(address,uint256)").send(collector, 99)).wait(),
  );
  await run("ambiguous overload", () => method("mint")());
  await run("unknown method", () => method("burn")(1));
  await run("wrong arguments", () => method("ownerOf")("x"));
  await run("staticCall", () => method("mint(address)").staticCall(collector));
  await run("staticCallResult", () => method("mint(address)").staticCallResult(collector));
  await run("estimateGas", () => method("touch").estimateGas());
  await run("populateTransaction", () => method("touch").populateTransaction());
  await run("overrides", async () => (await method("touch").send({ gasLimit: 90_000 })).wait());
  for (const name of ["failText", "failPanic", "failSilent", "failUnknown"]) {
    await run(name, () => method(name).staticCall());
    await run(`${name} sent`, () => method(name).send());
  }
  await run("failCustom", () => method("failCustom").staticCall(7));
  await run("failCustom mined", async () =>
    (await method("failCustom").send(7, { gasLimit: 100_000 })).wait(),
  );
  await run("queryFilter", () => nft.queryFilter("Transfer", 0));
  await run("queryFilter of none", () => nft.queryFilter("Burn", 0));
}

async function transactions(run: Run, provider: JsonRpcProvider, wallet: Wallet): Promise<void> {
  await run("sendTransaction", async () =>
    (await wallet.sendTransaction({ to: collector, value: 5n })).wait(),
  );
  await run("legacy transaction", async () =>
    (await wallet.sendTransaction({ to: collector, type: 0 })).wait(),
  );
  await run("wait(0)", async () => (await wallet.sendTransaction({ to: collector })).wait(0));
  await run("too much", () => wallet.sendTransaction({ to: collector, value: 10n ** 30n }));
  await run("nonce too low", () => wallet.sendTransaction({ to: collector, nonce: 0 }));
  await run("wrong from", () => wallet.sendTransaction({ from: collector, to: artist }));
  await run("signMessage", () => wallet.signMessage("hello"));
  await run("signTransaction", () =>
    wallet.signTransaction({
      to: collector,
      nonce: 1,
      chainId: 31337,
      gasLimit: 21000,
      type: 0,
      gasPrice: 1,
    }),
  );
  await run("populateTransaction", () => wallet.populateTransaction({ to: collector, value: 1n }));
  await run("broadcast of nonsense", () => provider.broadcastTransaction("0x1234"));
  await run("no provider", () => new Wallet(wallet.privateKey).sendTransaction({ to: collector }));
  const manager = new NonceManager(wallet);
  await run("NonceManager", async () => (await manager.sendTransaction({ to: collector })).wait());
  const signer = await provider.getSigner(1);
  await run("JsonRpcSigner", async () => (await signer.sendTransaction({ to: artist, value: 1n })).wait());
  await run("JsonRpcSigner.signMessage", () => signer.signMessage("hello"));
}

/** Runs everything on a fresh chain; returns what the application and what the node saw. */
async function observe(
  instrumented: boolean,
): Promise<{ outcomes: Outcome[]; bodies: string[]; headers: string[] }> {
  const anvil = await startAnvil("--timestamp", "1700000000");
  t.later(() => anvil.stop());
  await anvil.rpc("anvil_setBlockTimestampInterval", 1);
  const proxy = await startRecordingProxy(anvil.url);
  t.later(() => proxy.stop());
  if (instrumented) instrumentEthers(ethers);
  const provider = connect(proxy.url, { batchMaxCount: 1 });
  const outcomes = await exercise(provider);
  provider.destroy();
  uninstrument(ethers);
  const bodies = proxy.bodies.map((body) => body.replace(/"id":\d+/, '"id":0')).sort();
  return { outcomes, bodies, headers: [...proxy.headers].sort() };
}

test("ethers gives the same results, the same errors and the same bytes on the wire with the instrumentation", async () => {
  const plainRun = await observe(false);
  const tracedRun = await observe(true);
  expect(t.tracing.spans().length).toBeGreaterThan(100);
  for (const [i, outcome] of plainRun.outcomes.entries()) {
    expect(comparable(tracedRun.outcomes[i])).toEqual(comparable(outcome));
  }
  expect(tracedRun.outcomes).toHaveLength(plainRun.outcomes.length);
  // Polls, and what a wait asks when the receipt is not there yet, come as often as time allows; everything else is asked
  // exactly as often.
  const timed =
    /eth_blockNumber|eth_getTransactionReceipt|eth_getTransactionByHash|eth_getTransactionCount.*latest/;
  const asked = (bodies: readonly string[]): string[] => bodies.filter((body) => !timed.test(body));
  expect(asked(tracedRun.bodies)).toEqual(asked(plainRun.bodies));
  expect(tracedRun.headers.filter((name) => name !== "traceparent")).toEqual(plainRun.headers);
});
