import type { TracingReceipt } from "@dcmx-tracing/core";
import { JsonRpcProvider } from "ethers";
import { connectProvider } from "./chain/connect_chain.ts";
import { type ContractAddresses, deployContracts } from "./chain/deploy_contracts.ts";
import { startAnvil } from "./chain/start_anvil.ts";
import { startThrottlingProxy, type ThrottlingProxy } from "./chain/start_throttling_proxy.ts";
import { type Collector, startCollector } from "./collector/start_collector.ts";
import { walletOf } from "./people.ts";
import { createTables, openDatabase } from "./services/database.ts";
import { startEmbeddedPostgres } from "./services/embedded_postgres.ts";
import type { ServiceConfig, ServiceName } from "./services/service_config.ts";
import { type ServiceProcess, spawnService } from "./services/spawn_service.ts";

/** Options of {@linkcode startPlatform}. */
export interface PlatformOptions {
  /** A chain whose accounts of the development mnemonic have funds. @default an anvil of our own */
  readonly rpcUrl?: string | undefined;
  /** A Postgres database. @default an embedded one, in memory */
  readonly databaseUrl?: string | undefined;
  /** A collector that gets a copy of all traces. @default none */
  readonly otlpUrl?: string | undefined;
  /** Runs the services without telemetry. @default false */
  readonly untraced?: boolean;
}

/** The whole platform: chain, database, collector, and three services as processes. */
export interface Platform {
  readonly rpcUrl: string;
  readonly databaseUrl: string;
  readonly contracts: ContractAddresses;
  readonly watermarkKey: string;
  readonly collector: Collector;
  /** The endpoint between the minter and the chain. */
  readonly proxy: ThrottlingProxy;
  readonly services: Readonly<Record<ServiceName, ServiceProcess>>;
  /** The chain as people outside of the platform use it: nothing of it is traced. */
  readonly outside: JsonRpcProvider;
  /** Stops the services and tells what became of every span of each. */
  stopServices(): Promise<Readonly<Record<ServiceName, TracingReceipt>>>;
  /** Stops everything that is left. */
  stop(): Promise<void>;
}

/** A secret of the platform; fixed, so that every run watermarks a track in the same way. */
const WATERMARK_KEY = "dcmx-demo-watermark-key";

/** Starts the platform. Whatever was started before a failure is stopped again. */
export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of stops.splice(0).reverse()) await step();
  };
  const kept = <T extends { stop(): Promise<void> }>(started: T): T => {
    stops.push(() => started.stop());
    return started;
  };
  try {
    const [chain, database, collector] = await allStarted([
      options.rpcUrl === undefined ? startAnvil().then(kept) : { url: options.rpcUrl },
      options.databaseUrl === undefined ? startEmbeddedPostgres().then(kept) : { url: options.databaseUrl },
      startCollector({ forwardTo: options.otlpUrl }).then(kept),
    ]);
    const proxy = kept(await startThrottlingProxy(chain.url));
    const chainId = await chainIdOf(chain.url);
    const outside = connectProvider(chain.url, chainId);
    stops.push(async () => outside.destroy());
    await prepareDatabase(database.url);
    const contracts = await deployContracts(
      walletOf("minter").connect(outside),
      walletOf("royalties").connect(outside),
    );
    const shared = {
      otlpEndpoint: collector.url,
      untraced: options.untraced ?? false,
      databaseUrl: database.url,
      chainId,
      contracts,
      watermarkKey: WATERMARK_KEY,
      collaborator: walletOf("collaborator").address,
    };
    const services = await startServices(shared, { minter: proxy.url, royalties: chain.url });
    return {
      rpcUrl: chain.url,
      databaseUrl: database.url,
      contracts,
      watermarkKey: WATERMARK_KEY,
      collector,
      proxy,
      services,
      outside,
      stopServices: async () => {
        const { api, minter, royalties } = services;
        // Those who are called are stopped after those who call.
        return { api: await api.stop(), minter: await minter.stop(), royalties: await royalties.stop() };
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits for all, also when one of them fails: what starts late would otherwise not be stopped. */
async function allStarted<T extends readonly unknown[]>(
  starts: [...{ [K in keyof T]: T[K] | Promise<T[K]> }],
): Promise<T> {
  await Promise.allSettled(starts);
  // The results of a tuple of promises are the tuple of their results.
  return (await Promise.all(starts)) as unknown as T;
}

async function startServices(
  shared: Omit<ServiceConfig, "peers" | "rpcUrl" | "signerKey">,
  rpcUrls: { readonly minter: string; readonly royalties: string },
): Promise<Platform["services"]> {
  const configOf = (who: "minter" | "royalties"): ServiceConfig => ({
    ...shared,
    rpcUrl: rpcUrls[who],
    signerKey: walletOf(who).privateKey,
    peers: {},
  });
  const [minter, royalties] = await allStarted([
    spawnService("minter", configOf("minter")),
    spawnService("royalties", configOf("royalties")),
  ]);
  const peers = { minter: minter.url, royalties: royalties.url };
  const api = await spawnService("api", { ...shared, rpcUrl: "", signerKey: "", peers });
  return { api, minter, royalties };
}

async function prepareDatabase(url: string): Promise<void> {
  const pool = openDatabase(url);
  try {
    await createTables(pool);
  } finally {
    await pool.end();
  }
}

async function chainIdOf(rpcUrl: string): Promise<number> {
  const provider = new JsonRpcProvider(rpcUrl);
  try {
    return Number((await provider.getNetwork()).chainId);
  } finally {
    provider.destroy();
  }
}
