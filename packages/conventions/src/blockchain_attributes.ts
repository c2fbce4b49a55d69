import { defineAttribute } from "./_define_attribute.ts";
import type { AttributeDefinition } from "./attribute_definition.ts";

/** Name of the network, for example polygon. */
export const ATTR_BLOCKCHAIN_NETWORK = "blockchain.network" as const;

/** EIP-155 identifier of the chain. */
export const ATTR_BLOCKCHAIN_CHAIN_ID = "blockchain.chain_id" as const;

/** URL of the RPC endpoint, recorded only after keys and credentials were removed from it. */
export const ATTR_BLOCKCHAIN_RPC_URL = "blockchain.rpc_url" as const;

/** Name that the application gives to a provider. */
export const ATTR_BLOCKCHAIN_PROVIDER_NAME = "blockchain.provider.name" as const;

/** Block tag or number that a read asks for; opt-in. */
export const ATTR_BLOCKCHAIN_BLOCK_TAG = "blockchain.block.tag" as const;

/** First block of a query for logs; opt-in. */
export const ATTR_BLOCKCHAIN_LOGS_FROM_BLOCK = "blockchain.logs.from_block" as const;

/** Last block of a query for logs; opt-in. */
export const ATTR_BLOCKCHAIN_LOGS_TO_BLOCK = "blockchain.logs.to_block" as const;

/** Definitions of the attributes of the chain and its endpoint. */
export const BLOCKCHAIN_ATTRIBUTES: readonly AttributeDefinition[] = [
  defineAttribute(
    ATTR_BLOCKCHAIN_NETWORK,
    "string",
    "low",
    "public",
    "stable",
    "guide",
    "Name of the network, for example polygon.",
  ),
  defineAttribute(
    ATTR_BLOCKCHAIN_CHAIN_ID,
    "int",
    "low",
    "public",
    "stable",
    "guide",
    "EIP-155 identifier of the chain.",
  ),
  defineAttribute(
    ATTR_BLOCKCHAIN_RPC_URL,
    "string",
    "low",
    "secret",
    "stable",
    "guide",
    "URL of the RPC endpoint, recorded only after keys and credentials were removed from it.",
  ),
  defineAttribute(
    ATTR_BLOCKCHAIN_PROVIDER_NAME,
    "string",
    "low",
    "public",
    "development",
    "ethers",
    "Name that the application gives to a provider.",
  ),
  defineAttribute(
    ATTR_BLOCKCHAIN_BLOCK_TAG,
    "string",
    "low",
    "public",
    "development",
    "ethers",
    "Block tag or number that a read asks for; opt-in.",
  ),
  defineAttribute(
    ATTR_BLOCKCHAIN_LOGS_FROM_BLOCK,
    "string",
    "high",
    "public",
    "development",
    "ethers",
    "First block of a query for logs; opt-in.",
  ),
  defineAttribute(
    ATTR_BLOCKCHAIN_LOGS_TO_BLOCK,
    "string",
    "high",
    "public",
    "development",
    "ethers",
    "Last block of a query for logs; opt-in.",
  ),
];
