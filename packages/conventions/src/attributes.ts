import { ARTIST_ATTRIBUTES } from "./artist_attributes.ts";
import type { AttributeDefinition } from "./attribute_definition.ts";
import { BLOCKCHAIN_ATTRIBUTES } from "./blockchain_attributes.ts";
import { CONTRACT_ATTRIBUTES } from "./contract_attributes.ts";
import { ERROR_ATTRIBUTES } from "./error_attributes.ts";
import { HOST_ATTRIBUTES } from "./host_attributes.ts";
import { KUBERNETES_ATTRIBUTES } from "./kubernetes_attributes.ts";
import { MARKET_ATTRIBUTES } from "./market_attributes.ts";
import { NETWORK_ATTRIBUTES } from "./network_attributes.ts";
import { NFT_ATTRIBUTES } from "./nft_attributes.ts";
import { OPERATION_ATTRIBUTES } from "./operation_attributes.ts";
import { PROCESS_ATTRIBUTES } from "./process_attributes.ts";
import { RECEIPT_ATTRIBUTES } from "./receipt_attributes.ts";
import { RESOURCE_ATTRIBUTES } from "./resource_attributes.ts";
import { RPC_ATTRIBUTES } from "./rpc_attributes.ts";
import { SDK_ATTRIBUTES } from "./sdk_attributes.ts";
import { TELEMETRY_ATTRIBUTES } from "./telemetry_attributes.ts";
import { TX_ATTRIBUTES } from "./tx_attributes.ts";
import { WALLET_ATTRIBUTES } from "./wallet_attributes.ts";

/**
 * Every attribute of the project, as data: the source of the reference page and of the classes that
 * redaction and the metric labels go by. Use the `ATTR_` constants to set attributes.
 *
 * @example Find what must never leave the process
 * ```ts
 * import { ATTRIBUTES } from "@dcmx-tracing/conventions";
 *
 * const secret = ATTRIBUTES.filter((attribute) => attribute.sensitivity === "secret");
 * console.assert(secret.some((attribute) => attribute.name === "wallet.private_key"));
 * ```
 */
export const ATTRIBUTES: readonly AttributeDefinition[] = [
  ...ARTIST_ATTRIBUTES,
  ...NFT_ATTRIBUTES,
  ...MARKET_ATTRIBUTES,
  ...WALLET_ATTRIBUTES,
  ...OPERATION_ATTRIBUTES,
  ...TX_ATTRIBUTES,
  ...RECEIPT_ATTRIBUTES,
  ...CONTRACT_ATTRIBUTES,
  ...BLOCKCHAIN_ATTRIBUTES,
  ...RPC_ATTRIBUTES,
  ...NETWORK_ATTRIBUTES,
  ...ERROR_ATTRIBUTES,
  ...RESOURCE_ATTRIBUTES,
  ...HOST_ATTRIBUTES,
  ...PROCESS_ATTRIBUTES,
  ...KUBERNETES_ATTRIBUTES,
  ...SDK_ATTRIBUTES,
  ...TELEMETRY_ATTRIBUTES,
];
