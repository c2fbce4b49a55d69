import type { TracingReceipt } from "@dcmx-tracing/core";
import type { ContractAddresses } from "../chain/deploy_contracts.ts";

/** The services of the platform; each is a process of its own. */
export type ServiceName = "api" | "minter" | "royalties";

/** All that a service is told. */
export interface ServiceConfig {
  readonly otlpEndpoint: string;
  /** Runs without tracing and metrics, for a comparison. */
  readonly untraced: boolean;
  readonly databaseUrl: string;
  readonly rpcUrl: string;
  readonly chainId: number;
  /** The private key that the service signs with: that of the owner of its contracts. */
  readonly signerKey: string;
  readonly contracts: ContractAddresses;
  /** The key that decides where watermarks hide. */
  readonly watermarkKey: string;
  /** A collaborator's wallet, which shares in every royalty. */
  readonly collaborator: string;
  /** Where the services are that this one calls. */
  readonly peers: Readonly<Partial<Record<ServiceName, string>>>;
}

/** What a service tells the process that started it, over the channel of `fork()`. */
export type ServiceMessage =
  | { readonly kind: "ready"; readonly url: string; readonly metricsUrl: string | undefined }
  | {
      readonly kind: "paid";
      readonly purchaseHash: string;
      readonly saleId: string;
      readonly traceId: string | undefined;
    }
  | { readonly kind: "pending"; readonly hash: string }
  | { readonly kind: "flushed" }
  | { readonly kind: "stopped"; readonly receipt: TracingReceipt };

/** What a service is told over the channel of `fork()`. */
export type ServiceCommand =
  | { readonly kind: "start"; readonly config: ServiceConfig }
  | { readonly kind: "flush" }
  | { readonly kind: "stop" };
