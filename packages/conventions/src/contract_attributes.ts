import { defineAttribute } from "./_define_attribute.ts";
import type { AttributeDefinition } from "./attribute_definition.ts";

/** Address of the contract. */
export const ATTR_CONTRACT_ADDRESS = "contract.address" as const;

/** Name of the method that is called. */
export const ATTR_CONTRACT_METHOD = "contract.method" as const;

/** Signature of the method that is called. */
export const ATTR_CONTRACT_SIGNATURE = "contract.signature" as const;

/** First four bytes of the calldata in hexadecimal. */
export const ATTR_CONTRACT_SELECTOR = "contract.selector" as const;

/** What is done with the method. */
export const ATTR_CONTRACT_OPERATION = "contract.operation" as const;

/** Number of logs that a query returned. */
export const ATTR_ETHERS_LOGS_COUNT = "ethers.logs.count" as const;

/** Code of the error of ethers, for example CALL_EXCEPTION. */
export const ATTR_ETHERS_ERROR_CODE = "ethers.error.code" as const;

/** Method of the provider, for requests that are not JSON-RPC. */
export const ATTR_ETHERS_PROVIDER_OPERATION = "ethers.provider.operation" as const;

/** Whether the answer came from the cache of the provider. */
export const ATTR_ETHERS_CACHE_HIT = "ethers.cache.hit" as const;

/** Module of a request to the Etherscan API. */
export const ATTR_ETHERSCAN_MODULE = "etherscan.module" as const;

/** Action of a request to the Etherscan API. */
export const ATTR_ETHERSCAN_ACTION = "etherscan.action" as const;

/** Gateways that a contract has named for an offchain read by EIP-3668. */
export const ATTR_CCIP_GATEWAYS = "ccip.gateways" as const;

/** Gateways that were asked in an offchain read by EIP-3668. */
export const ATTR_CCIP_ATTEMPTS = "ccip.attempts" as const;

/** Signature of the event of a contract. */
export const ATTR_EVENT_SIGNATURE = "event.signature" as const;

/** Weight of equal answers that the fallback provider needs. */
export const ATTR_FALLBACK_QUORUM = "fallback.quorum" as const;

/** Backends that the fallback provider has asked. */
export const ATTR_FALLBACK_RUNNERS = "fallback.runners" as const;

/** Backends that gave the accepted answer. */
export const ATTR_FALLBACK_AGREED = "fallback.agreed" as const;

/** Backends that had not answered when the call was settled. */
export const ATTR_FALLBACK_LATE = "fallback.late" as const;

/** Definitions of the attributes of contracts and events. */
export const CONTRACT_ATTRIBUTES: readonly AttributeDefinition[] = [
  defineAttribute(
    ATTR_CONTRACT_ADDRESS,
    "string",
    "high",
    "public",
    "development",
    "ethers",
    "Address of the contract.",
  ),
  defineAttribute(
    ATTR_CONTRACT_METHOD,
    "string",
    "low",
    "public",
    "development",
    "ethers",
    "Name of the method that is called.",
  ),
  defineAttribute(
    ATTR_CONTRACT_SIGNATURE,
    "string",
    "low",
    "public",
    "development",
    "ethers",
    "Signature of the method that is called.",
  ),
  defineAttribute(
    ATTR_CONTRACT_SELECTOR,
    "string",
    "low",
    "public",
    "development",
    "ethers",
    "First four bytes of the calldata in hexadecimal.",
  ),
  defineAttribute(
    ATTR_CONTRACT_OPERATION,
    "string",
    "fixed",
    "public",
    "development",
    "ethers",
    "What is done with the method.",
    { values: ["call", "send", "estimateGas", "queryFilter", "populate", "deploy"] },
  ),
  defineAttribute(
    ATTR_ETHERS_LOGS_COUNT,
    "int",
    "high",
    "public",
    "development",
    "ethers",
    "Number of logs that a query returned.",
  ),
  defineAttribute(
    ATTR_ETHERS_ERROR_CODE,
    "string",
    "low",
    "public",
    "development",
    "ethers",
    "Code of the error of ethers, for example CALL_EXCEPTION.",
  ),
  defineAttribute(
    ATTR_ETHERS_PROVIDER_OPERATION,
    "string",
    "low",
    "public",
    "development",
    "ethers",
    "Method of the provider, for requests that are not JSON-RPC.",
  ),
  defineAttribute(
    ATTR_ETHERS_CACHE_HIT,
    "boolean",
    "fixed",
    "public",
    "development",
    "ethers",
    "Whether the answer came from the cache of the provider.",
  ),
  defineAttribute(
    ATTR_ETHERSCAN_MODULE,
    "string",
    "low",
    "public",
    "development",
    "ethers",
    "Module of a request to the Etherscan API.",
  ),
  defineAttribute(
    ATTR_ETHERSCAN_ACTION,
    "string",
    "low",
    "public",
    "development",
    "ethers",
    "Action of a request to the Etherscan API.",
  ),
  defineAttribute(
    ATTR_CCIP_GATEWAYS,
    "int",
    "low",
    "public",
    "development",
    "ethers",
    "Gateways that a contract has named for an offchain read by EIP-3668.",
  ),
  defineAttribute(
    ATTR_CCIP_ATTEMPTS,
    "int",
    "low",
    "public",
    "development",
    "ethers",
    "Gateways that were asked in an offchain read by EIP-3668.",
  ),
  defineAttribute(
    ATTR_EVENT_SIGNATURE,
    "string",
    "low",
    "public",
    "development",
    "ethers",
    "Signature of the event of a contract.",
  ),
  defineAttribute(
    ATTR_FALLBACK_QUORUM,
    "int",
    "low",
    "public",
    "development",
    "ethers",
    "Weight of equal answers that the fallback provider needs.",
  ),
  defineAttribute(
    ATTR_FALLBACK_RUNNERS,
    "int",
    "low",
    "public",
    "development",
    "ethers",
    "Backends that the fallback provider has asked.",
  ),
  defineAttribute(
    ATTR_FALLBACK_AGREED,
    "int",
    "low",
    "public",
    "development",
    "ethers",
    "Backends that gave the accepted answer.",
  ),
  defineAttribute(
    ATTR_FALLBACK_LATE,
    "int",
    "low",
    "public",
    "development",
    "ethers",
    "Backends that had not answered when the call was settled.",
  ),
];
