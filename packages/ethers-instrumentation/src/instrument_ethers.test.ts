import * as ethers from "ethers";
import { Contract, ContractFactory, type JsonRpcProvider, NonceManager, Wallet } from "ethers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ACCOUNTS, type Anvil, startAnvil } from "../test/anvil.ts";
import { NFT_ABI, NFT_BYTECODE } from "../test/nft.ts";
import { connect, useTelemetry } from "../test/setup.ts";
import { instrumentEthers, uninstrument } from "./mod.ts";

let anvil: Anvil;
let nft: string;
const t = useTelemetry();
const artist = ACCOUNTS[0]?.address ?? "";
const collector = ACCOUNTS[1]?.address ?? "";

beforeAll(async () => {
  anvil = await startAnvil();
  const provider = connect(anvil.url);
  const factory = new ContractFactory([...NFT_ABI], NFT_BYTECODE, wallet(provider));
  const contract = await factory.deploy(false);
  await contract.waitForDeployment();
  nft = await contract.getAddress();
  provider.destroy();
});
afterAll(() => anvil.stop());

function wallet(provider: JsonRpcProvider): Wallet {
  return new Wallet(ACCOUNTS[0]?.key ?? "", provider);
}

function contract(provider: JsonRpcProvider): Contract {
  return new Contract(nft, [...NFT_ABI], wallet(provider));
}

test("instrumentEthers() records a mint from the contract down to the wire, and its wait", async () => {
  t.instrument();
  const provider = t.own(connect(anvil.url, { batchMaxCount: 1 }));
  const receipt = await t.inSpan("nft_minting", async () => {
    const tx = await contract(provider).getFunction("mint(address)").send(collector);
    return await tx.wait();
  });
  expect(t.draw("tx.hash", "contract.operation", "contract.signature", "tx.status")).toMatchInlineSnapshot(`
    "nft_minting
    ├─ contract.mint contract.operation="send" contract.signature="mint(address)" tx.hash=*
    │  └─ signer.sendTransaction tx.hash=* tx.status="pending"
    │     ├─ signer.populateTransaction
    │     │  ├─ eth_getTransactionCount CLIENT
    │     │  ├─ eth_estimateGas CLIENT
    │     │  ├─ eth_getBlockByNumber CLIENT
    │     │  ├─ eth_gasPrice CLIENT
    │     │  └─ eth_maxPriorityFeePerGas CLIENT
    │     ├─ signer.signTransaction
    │     ├─ eth_blockNumber CLIENT
    │     └─ eth_sendRawTransaction CLIENT tx.hash=*
    └─ tx.wait tx.hash=* tx.status="success"
          → signer.sendTransaction"
  `);
  const wait = t.tracing.spans().find(({ name }) => name === "tx.wait");
  expect(wait?.attributes).toMatchObject({
    "tx.hash": receipt?.hash,
    "tx.status": "success",
    "tx.gas_used": Number(receipt?.gasUsed),
    "tx.gas_price": Number(receipt?.gasPrice),
    "tx.fee": String(receipt?.fee),
    "tx.block_number": receipt?.blockNumber,
    "wallet.address": artist,
  });
  const send = t.tracing.spans().find(({ name }) => name === "signer.sendTransaction");
  expect(wait?.links.map(({ context }) => context.spanId)).toEqual([send?.spanContext().spanId]);
  expect(send?.attributes).toMatchObject({ "tx.hash": receipt?.hash, "tx.type": 2, "tx.to": nft });
});

test("instrumentEthers() feeds nft.mint.gas_used with mints and with nothing else", async () => {
  t.instrument();
  const provider = t.own(connect(anvil.url));
  const receipt = await (await contract(provider).getFunction("mint(address)").send(collector)).wait();
  await (await contract(provider).getFunction("touch").send()).wait();
  const points = await t.metrics.points("nft.mint.gas_used");
  expect(points.map(({ value, count }) => ({ value, count }))).toEqual([
    { value: Number(receipt?.gasUsed), count: 1 },
  ]);
  const counts = await t.metrics.points("blockchain.tx.count");
  expect(counts.map(({ attributes, value }) => [attributes["contract.method"], value])).toEqual([
    ["mint", 1],
    ["touch", 1],
  ]);
});

test("instrumentEthers() leaves the properties of contract methods as ethers makes them", () => {
  const provider = t.own(connect(anvil.url));
  const shape = (of: object): unknown =>
    Object.fromEntries(
      Object.entries(Object.getOwnPropertyDescriptors(of)).map(([key, { value, get, ...flags }]) => [
        key,
        {
          ...flags,
          type: get === undefined ? typeof value : "getter",
          name: typeof value === "function" ? value.name : value === Object(value) ? "" : value,
        },
      ]),
    );
  const plain = contract(provider).getFunction("ownerOf");
  t.instrument();
  const traced = contract(provider).getFunction("ownerOf");
  expect(shape(traced)).toEqual(shape(plain));
  expect(traced.fragment.format()).toBe(plain.fragment.format());
});

test("instrumentEthers() records calls, gas estimates, overloads and queries of a contract as one span each", async () => {
  t.instrument();
  const provider = t.own(connect(anvil.url, { batchMaxCount: 1 }));
  const token = contract(provider);
  await token.getFunction("ownerOf")(1);
  await token.getFunction("nextId").staticCall();
  await token.getFunction("touch").estimateGas();
  await token.getFunction("mint(address,uint256)").staticCall(collector, 7);
  await token.getFunction("touch").populateTransaction();
  await token.queryFilter("Transfer", 0);
  expect(t.draw("contract.operation", "contract.signature")).toMatchInlineSnapshot(`
    "contract.ownerOf contract.operation="call" contract.signature="ownerOf(uint256)"
    └─ eth_call CLIENT

    contract.nextId contract.operation="call" contract.signature="nextId()"
    └─ eth_call CLIENT

    contract.touch contract.operation="estimateGas" contract.signature="touch()"
    └─ eth_estimateGas CLIENT

    contract.mint contract.operation="call" contract.signature="mint(address,uint256)"
    └─ eth_call CLIENT

    contract.queryFilter contract.operation="queryFilter"
    └─ eth_getLogs CLIENT"
  `);
});

test("instrumentEthers() records a deployment with the address and its wait", async () => {
  t.instrument({ spans: { rpc: false, batch: false } });
  const provider = t.own(connect(anvil.url));
  const factory = new ContractFactory([...NFT_ABI], NFT_BYTECODE, wallet(provider));
  const address = await t.inSpan("deploy", async () => {
    const deployed = await factory.deploy(false);
    await deployed.waitForDeployment();
    return await deployed.getAddress();
  });
  expect(t.draw("contract.operation")).toMatchInlineSnapshot(`
    "deploy
    ├─ contract.deploy contract.operation="deploy"
    │  └─ signer.sendTransaction
    │     ├─ signer.populateTransaction
    │     └─ signer.signTransaction
    └─ tx.wait
          → signer.sendTransaction"
  `);
  const deploy = t.tracing.spans().find(({ name }) => name === "contract.deploy");
  const wait = t.tracing.spans().find(({ name }) => name === "tx.wait");
  expect(deploy?.attributes["contract.address"]).toBe(address);
  expect(wait?.attributes["contract.address"]).toBe(address);
});

test("instrumentEthers() counts the gap that a NonceManager leaves behind a failed transaction", async () => {
  t.instrument();
  const provider = t.own(connect(anvil.url));
  const manager = new NonceManager(wallet(provider));
  const start = await provider.getTransactionCount(artist);
  const tooMuch = manager.sendTransaction({ to: collector, value: 10n ** 30n, gasLimit: 21000 });
  await expect(tooMuch).rejects.toMatchObject({ code: "INSUFFICIENT_FUNDS" });
  expect(await t.metrics.points("blockchain.nonce.gap")).toEqual([]);
  const sent = await manager.sendTransaction({ to: collector, value: 1n });
  expect(sent.nonce).toBe(start + 1);
  expect(await t.metrics.points("blockchain.nonce.gap")).toMatchObject([{ value: 1 }]);
  await anvil.rpc("anvil_dropTransaction", sent.hash);
});

test("instrumentEthers() lets nothing pass once it was taken back, and restores every class", async () => {
  const classes = Object.values(ethers).flatMap((value) =>
    typeof value === "function" && typeof value.prototype === "object" ? [value.prototype as object] : [],
  );
  const methods = (): unknown[] =>
    classes.flatMap((prototype) =>
      Object.values(Object.getOwnPropertyDescriptors(prototype)).map(({ value }): unknown => value),
    );
  const before = methods();
  instrumentEthers(ethers);
  instrumentEthers(ethers);
  expect(methods().filter((method, i) => method !== before[i]).length).toBeGreaterThan(20);
  const provider = t.own(connect(anvil.url));
  await provider.getBlockNumber();
  uninstrument(ethers);
  expect(methods().filter((method, i) => method !== before[i])).toEqual([]);
  t.tracing.reset();
  await provider.getBlockNumber();
  expect(t.tracing.spans()).toEqual([]);
});

test("instrumentEthers() throws for what exports no class of ethers", () => {
  expect(() => instrumentEthers({ Interface: class {} })).toThrow(
    new TypeError(
      "Cannot instrument ethers as the namespace must export classes of ethers v6: " +
        'current value exports ["Interface"]',
    ),
  );
});
