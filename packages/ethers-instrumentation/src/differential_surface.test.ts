import * as ethers from "ethers";
import { expect, test } from "vitest";
import { ACCOUNTS, startAnvil } from "../test/anvil.ts";
import { NFT_ABI, NFT_BYTECODE } from "../test/nft.ts";
import { collectOutcomes, comparable, type Outcome, type Run } from "../test/outcomes.ts";
import { connect, useTelemetry } from "../test/setup.ts";
import { instrumentEthers, uninstrument } from "./mod.ts";

// What ethers' own tests of contracts, fallback and JSON-RPC signers go through, compared with plain ethers.

const t = useTelemetry();
const artist = ACCOUNTS[0]?.address ?? "";
const collector = ACCOUNTS[1]?.address ?? "";
const transfer = ethers.id("Transfer(address,address,uint256)");

/** Runs the operations without and with the instrumentation, and expects the same outcomes. */
async function expectSame(operations: (run: Run) => Promise<void>): Promise<void> {
  const runs: Outcome[][] = [];
  for (const instrumented of [false, true]) {
    if (instrumented) instrumentEthers(ethers);
    const { outcomes, run } = collectOutcomes();
    await operations(run);
    uninstrument(ethers);
    runs.push(outcomes.sort(([a], [b]) => a.localeCompare(b)));
  }
  const [plain = [], traced = []] = runs;
  expect(t.tracing.spans().length).toBeGreaterThan(0);
  expect(plain.length).toBeGreaterThan(3);
  for (const [i, outcome] of plain.entries()) expect(comparable(traced[i])).toEqual(comparable(outcome));
  expect(traced).toHaveLength(plain.length);
}

/** A contract with two events, on a chain of its own. */
async function deployed(): Promise<ethers.Contract> {
  const anvil = await startAnvil("--timestamp", "1700000000");
  t.later(() => anvil.stop());
  await anvil.rpc("anvil_setBlockTimestampInterval", 1);
  const provider = t.own(connect(anvil.url, { batchMaxCount: 1 }));
  t.later(async () => {
    // Filters are given back some time after their listener has gone, and nobody catches it when that is cut off.
    await provider.removeAllListeners();
    for (let i = 0; i < 10; i++) await provider.send("web3_clientVersion", []);
  });
  const signer = await provider.getSigner(0);
  const contract = await new ethers.ContractFactory([...NFT_ABI], NFT_BYTECODE, signer).deploy(false);
  await contract.waitForDeployment();
  const nft = new ethers.Contract(await contract.getAddress(), [...NFT_ABI], signer);
  await (await nft.getFunction("mint(address)").send(collector)).wait();
  await (await nft.getFunction("mint(address,uint256)").send(artist, 7)).wait();
  return nft;
}

test("contracts answer the same to `in`, to filters of each form and to typed arguments", async () => {
  await expectSame(async (run) => {
    const nft = await deployed();
    for (const key of ["nextId", "touch()", "0xa55526db", "burn", "0xbad01234", "target", "send", "then"])
      await run(`${key} in contract`, () => key in nft);
    for (const key of ["Transfer", transfer, "Burn"])
      await run(`${key} in filters`, () => key in nft.filters);
    const filters: [string, () => ethers.ContractEventName | undefined][] = [
      ["name", () => "Transfer"],
      ["signature", () => "Transfer(address,address,uint256)"],
      ["topic", () => transfer],
      ["list", () => ["Transfer"]],
      ["list of lists", () => [["Transfer", transfer]]],
      ["event of filters", () => nft.filters.Transfer],
      ["event with arguments", () => nft.filters.Transfer?.(null, artist)],
      ["event with a list", () => nft.filters.Transfer?.(null, [artist, collector])],
      ["event with too many arguments", () => nft.filters.Transfer?.(null, null, null, null)],
      ["no event", () => "Burn"],
    ];
    for (const [name, filter] of filters) await run(name, () => nft.queryFilter(filter() ?? "", 0));
    await run("typed call", () => nft.getFunction("ownerOf")(ethers.Typed.uint256(7)));
    await run("typed overload", () =>
      nft.getFunction("mint").staticCall(ethers.Typed.address(artist), ethers.Typed.uint256(9)),
    );
    await run("wrong type", () => nft.getFunction("ownerOf")(ethers.Typed.string("7")));
    await run("own keys of a method", () => Reflect.ownKeys(nft.getFunction("touch")).map(String).sort());
    await run("fragment", () => nft.getFunction("mint(address)").fragment.format("full"));
    await run("attach", () => nft.attach(artist).getAddress());
    await run("connect", async () => nft.connect(null).getFunction("nextId")());
    await run("a method of no contract", () => (nft.attach(artist) as ethers.Contract).nextId?.());
  });
});

test("contracts hand their listeners the same, and count them the same", async () => {
  await expectSame(async (run) => {
    const nft = await deployed();
    const seen = (event: string): Promise<unknown> =>
      new Promise((resolve) => {
        const take = async (...args: unknown[]): Promise<void> => {
          // The payload is the last argument of every listener.
          const payload = args.at(-1) as ethers.ContractEventPayload;
          const { filter, eventName, eventSignature, log } = payload;
          const before = await nft.listenerCount(event);
          await payload.removeListener();
          const after = await nft.listenerCount(event);
          const values = args.slice(0, -1).map(String);
          resolve({ values, filter, eventName, eventSignature, topics: log.topics, before, after });
        };
        void nft.on(event, take);
      });
    const waiting = [seen("Transfer"), seen("*")];
    await run("listenerCount", () => nft.listenerCount());
    await run("listeners", async () => (await nft.listeners("Transfer")).length);
    let done = false;
    const both = Promise.all(waiting).finally(() => {
      done = true;
    });
    // ethers subscribes some time after `on`: the same token again and again, so that each event is the same.
    while (!done) await (await nft.getFunction("mint(address,uint256)").send(collector, 42)).wait();
    await run("Transfer and *", () => both);
    await run("listenerCount after", () => nft.listenerCount());
    await run("on of no event", async () => (await nft.on("Burn", () => undefined)).target === nft.target);
  });
});

/** A provider whose node is a function that is given the method and how often it was called. */
function faulty(answer: (method: string, count: number) => unknown): ethers.JsonRpcProvider {
  const counts = new Map<string, number>();
  const request = new ethers.FetchRequest("http://node.example/");
  request.getUrlFunc = async ({ body }) => {
    const { id, method } = JSON.parse(ethers.toUtf8String(body ?? "0x"));
    const count = (counts.get(method) ?? 0) + 1;
    counts.set(method, count);
    let statusCode = 200;
    let result: unknown;
    try {
      result = answer(method, count);
    } catch {
      statusCode = 500;
    }
    const text = JSON.stringify({ jsonrpc: "2.0", id, result });
    return { statusCode, statusMessage: "", headers: {}, body: ethers.toUtf8Bytes(text) };
  };
  const network = ethers.Network.from(31337);
  const options = { staticNetwork: network, cacheTimeout: -1, batchMaxCount: 1, pollingInterval: 10 };
  return t.own(new ethers.JsonRpcProvider(request, network, options));
}

test("signers of a node recover the same from a node that fails, forgets or leaves fields out", async () => {
  const wallet = new ethers.Wallet(ACCOUNTS[0]?.key ?? "");
  const fields = { chainId: 31337, nonce: 0, gasLimit: 21_000, maxFeePerGas: 2, maxPriorityFeePerGas: 1 };
  const tx = ethers.Transaction.from(await wallet.signTransaction({ ...fields, type: 2, to: collector }));
  const found = { ...tx.toJSON(), ...tx.signature?.toJSON(), hash: tx.hash, from: artist, sig: null };
  const { v: _v, ...withoutV } = found;
  const cases: [string, (count: number) => unknown][] = [
    ["found at once", () => found],
    ["null first", (count) => (count === 1 ? null : found)],
    [
      "500 first",
      (count) => {
        if (count === 1) throw new Error();
        return found;
      },
    ],
    ["without v first", (count) => (count === 1 ? withoutV : found)],
  ];
  await expectSame(async (run) => {
    for (const [name, lookUp] of cases) {
      const provider = faulty((method, count) => {
        if (method === "eth_accounts") return [artist];
        if (method === "eth_blockNumber") return "0x1";
        return method === "eth_sendTransaction" ? tx.hash : lookUp(count);
      });
      const errors: unknown[] = [];
      await provider.on("error", (error: unknown) => {
        errors.push(error instanceof Error ? [error.message, Object.keys(error)] : error);
      });
      const signer = await provider.getSigner();
      await run(name, async () => (await signer.sendTransaction({ to: collector, ...fields })).toJSON());
      await run(`errors: ${name}`, () => errors);
      await provider.removeAllListeners();
    }
  });
});

/** A backend of a FallbackProvider that is no JSON-RPC provider. */
class Backend extends ethers.AbstractProvider {
  readonly #perform: (request: ethers.PerformActionRequest) => unknown;

  constructor(perform: (request: ethers.PerformActionRequest) => unknown) {
    super("mainnet", { cacheTimeout: -1 });
    this.#perform = perform;
  }

  override async _detectNetwork(): Promise<ethers.Network> {
    return ethers.Network.from("mainnet");
  }

  override async _perform<T>(request: ethers.PerformActionRequest): Promise<T> {
    if (request.method === "getBlockNumber") return 1000 as T;
    // The callers of these tests know what their function gives.
    return this.#perform(request) as T;
  }
}

test("a FallbackProvider decides the same, whatever its backends say", async () => {
  const fails = (): never => {
    throw ethers.makeError("fault", "SERVER_ERROR", { request: new ethers.FetchRequest("http://a/") });
  };
  const refuses = (): never => {
    throw ethers.makeError("insufficient funds", "INSUFFICIENT_FUNDS", {
      transaction: { to: null } as never,
    });
  };
  const one = (): bigint => 1n;
  const two = (): bigint => 2n;
  const sets: Record<string, (() => bigint)[]> = {
    agree: [one, one, one],
    majority: [one, two, two],
    "all differ": [one, two, () => 3n],
    "one fails": [fails, one, one],
    "two fail": [fails, fails, one],
    "all fail": [fails, fails, fails],
    "two refuse": [refuses, refuses, one],
  };
  await expectSame(async (run) => {
    const decide = async ([name, backends]: [string, (() => bigint)[]]): Promise<void> => {
      // Equal priorities would be shuffled.
      const configs = backends.map((perform, priority) => ({
        provider: new Backend(perform),
        priority,
        weight: 1,
      }));
      const fallback = t.own(
        new ethers.FallbackProvider(configs, undefined, { quorum: 2, cacheTimeout: -1 }),
      );
      await run(`getBalance: ${name}`, () => fallback.getBalance(artist));
      await run(`call: ${name}`, () => fallback.call({ to: artist, data: "0x" }));
    };
    await Promise.all(Object.entries(sets).map(decide));
  });
});
