/**
 * OpenTelemetry instrumentation of ethers v6: RPC calls, transactions, gas and reverts.
 *
 * @example Trace every call of a provider
 * ```ts
 * import { instrumentProvider, uninstrument } from "@dcmx-tracing/ethers-instrumentation";
 * import { JsonRpcProvider } from "ethers";
 *
 * const provider = instrumentProvider(new JsonRpcProvider("http://127.0.0.1:8545"));
 * // await provider.getBlockNumber() is now one span, eth_blockNumber, below the active one.
 * uninstrument(provider);
 * provider.destroy();
 * ```
 *
 * @module
 */
export { instrumentContract } from "./instrument_contract.ts";
export { instrumentEthers } from "./instrument_ethers.ts";
export { instrumentProvider } from "./instrument_provider.ts";
export { instrumentSigner } from "./instrument_signer.ts";
export { type OpenTelemetryPlugin, openTelemetryPlugin } from "./open_telemetry_plugin.ts";
export type {
  EthersInstrumentationOptions,
  GasMetricRule,
  PropagationOptions,
  RpcCallInfo,
  SpanLayers,
} from "./options.ts";
export { uninstrument } from "./uninstrument.ts";
