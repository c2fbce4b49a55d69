import { readFileSync } from "node:fs";
import { type BaseContract, ContractFactory, type InterfaceAbi, type Signer } from "ethers";

/** Where the contracts of the platform stand. */
export interface ContractAddresses {
  readonly badges: string;
  readonly market: string;
  readonly tracks: string;
}

/** Deploys the contracts; whoever deploys one becomes its owner. */
export async function deployContracts(minter: Signer, royalties: Signer): Promise<ContractAddresses> {
  const badges = await deploy("DcmxBadges", minter);
  const tracks = await deploy("DcmxTracks", minter);
  const market = await deploy("DcmxMarket", royalties, await tracks.getAddress());
  return {
    badges: await badges.getAddress(),
    market: await market.getAddress(),
    tracks: await tracks.getAddress(),
  };
}

/** The interface of a compiled contract. */
export function contractAbi(contract: "DcmxBadges" | "DcmxMarket" | "DcmxTracks"): InterfaceAbi {
  return artifact(contract).abi;
}

async function deploy(contract: string, signer: Signer, ...args: string[]): Promise<BaseContract> {
  const { abi, bytecode } = artifact(contract);
  const deployed = await new ContractFactory(abi, bytecode, signer).deploy(...args);
  return deployed.waitForDeployment();
}

function artifact(contract: string): { readonly abi: InterfaceAbi; readonly bytecode: string } {
  const file = new URL(`../contracts/artifacts/${contract}.json`, import.meta.url);
  // The file is written by compile_main.ts, and a test compares it with the compiled sources.
  return JSON.parse(readFileSync(file, "utf8")) as { abi: InterfaceAbi; bytecode: string };
}
