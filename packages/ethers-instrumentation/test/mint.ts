import { renderTrace, type TestTracing } from "@dcmx-tracing/testing";
import type * as Ethers from "ethers";
import { ACCOUNTS } from "./accounts.ts";
import { NFT_ABI, NFT_BYTECODE } from "./nft.ts";

/** What a mint needs of ethers, from wherever it was loaded. */
export type MintingEthers = Pick<
  typeof Ethers,
  "Contract" | "ContractFactory" | "JsonRpcProvider" | "Network" | "Wallet"
>;

/**
 * Deploys a contract, mints by it, and makes a call that reverts: what a back end does, in one trace.
 *
 * @param ethers The copy of ethers to do it with.
 * @param url The node.
 * @param tracing Where the spans go.
 * @returns The trace as text, which is `golden/mint.txt` in every runtime and by every way of instrumenting.
 */
export async function mint(ethers: MintingEthers, url: string, tracing: TestTracing): Promise<string> {
  const { Contract, ContractFactory, JsonRpcProvider, Network, Wallet } = ethers;
  const network = Network.from(31337);
  const options = { staticNetwork: network, cacheTimeout: -1, batchMaxCount: 1 };
  const provider = new JsonRpcProvider(url, network, options);
  const wallet = new Wallet(ACCOUNTS[0]?.key ?? "", provider);
  const deployed = await new ContractFactory([...NFT_ABI], NFT_BYTECODE, wallet).deploy(false);
  await deployed.waitForDeployment();
  const nft = new Contract(await deployed.getAddress(), [...NFT_ABI], wallet);
  tracing.reset();
  await tracing.tracer().startActiveSpan("nft_minting", async (span) => {
    const tx = await nft.getFunction("mint(address)").send(ACCOUNTS[1]?.address);
    await tx.wait();
    await nft
      .getFunction("failCustom")
      .staticCall(7)
      .catch(() => undefined);
    span.end();
  });
  provider.destroy();
  return `${renderTrace(tracing.spans(), { attributes: SHOWN })}\n`;
}

const SHOWN = [
  "tx.status",
  "tx.gas_used",
  "contract.signature",
  "tx.revert.name",
  "rpc.method",
  "blockchain.network",
];
