import { defineMetric } from "./_define_metric.ts";
import { ATTR_BLOCKCHAIN_CHAIN_ID } from "./blockchain_attributes.ts";
import { BATCH_SIZE_BUCKETS, CALL_MILLISECONDS_BUCKETS, CALL_SECONDS_BUCKETS } from "./buckets.ts";
import { ATTR_ETHERS_ERROR_CODE } from "./contract_attributes.ts";
import { ATTR_ERROR_TYPE } from "./error_attributes.ts";
import type { MetricDefinition } from "./metric_definition.ts";
import { ATTR_SERVER_ADDRESS, ATTR_SERVER_PORT } from "./network_attributes.ts";
import {
  ATTR_RPC_METHOD,
  ATTR_RPC_SERVICE,
  ATTR_RPC_STATUS_CODE,
  ATTR_RPC_SYSTEM,
  ATTR_RPC_SYSTEM_NAME,
} from "./rpc_attributes.ts";

/** Duration of the calls to the RPC endpoint, retries included. */
export const METRIC_RPC_CLIENT_CALL_DURATION = "rpc.client.call.duration" as const;

/** Replaced by rpc.client.call.duration; emitted when OTEL_SEMCONV_STABILITY_OPT_IN asks for rpc/dup. */
export const METRIC_RPC_CLIENT_DURATION = "rpc.client.duration" as const;

/** Calls to the RPC endpoint that have no answer yet. */
export const METRIC_BLOCKCHAIN_RPC_ACTIVE_REQUESTS = "blockchain.rpc.active_requests" as const;

/** Attempts after the first one. */
export const METRIC_BLOCKCHAIN_RPC_RETRIES = "blockchain.rpc.retries" as const;

/** Answers that said that the rate limit was reached. */
export const METRIC_BLOCKCHAIN_RPC_RATE_LIMITED = "blockchain.rpc.rate_limited" as const;

/** Calls that travelled in one batch. */
export const METRIC_BLOCKCHAIN_RPC_BATCH_SIZE = "blockchain.rpc.batch.size" as const;

/** Time between a call and its sending. */
export const METRIC_BLOCKCHAIN_RPC_QUEUE_DURATION = "blockchain.rpc.queue.duration" as const;

/** Calls whose span was ended because they never settled. */
export const METRIC_BLOCKCHAIN_RPC_STUCK = "blockchain.rpc.stuck" as const;

/** Errors of providers outside of a call, among them failed attempts to find the network. */
export const METRIC_BLOCKCHAIN_PROVIDER_ERRORS = "blockchain.provider.errors" as const;

/** Highest block number that an endpoint has answered. */
export const METRIC_BLOCKCHAIN_BLOCK_HEIGHT = "blockchain.block.height" as const;

/** Definitions of the metrics of calls to the chain. */
export const RPC_METRICS: readonly MetricDefinition[] = [
  defineMetric(
    METRIC_RPC_CLIENT_CALL_DURATION,
    "histogram",
    "s",
    "stable",
    "opentelemetry",
    "Duration of the calls to the RPC endpoint, retries included.",
    [
      ATTR_RPC_SYSTEM_NAME,
      ATTR_RPC_METHOD,
      ATTR_RPC_STATUS_CODE,
      ATTR_SERVER_ADDRESS,
      ATTR_SERVER_PORT,
      ATTR_ERROR_TYPE,
      ATTR_ETHERS_ERROR_CODE,
      ATTR_BLOCKCHAIN_CHAIN_ID,
    ],
    { buckets: CALL_SECONDS_BUCKETS },
  ),
  defineMetric(
    METRIC_RPC_CLIENT_DURATION,
    "histogram",
    "ms",
    "deprecated",
    "opentelemetry",
    "Replaced by rpc.client.call.duration; emitted when OTEL_SEMCONV_STABILITY_OPT_IN asks for rpc/dup.",
    [ATTR_RPC_SYSTEM, ATTR_RPC_SERVICE, ATTR_RPC_METHOD, ATTR_SERVER_ADDRESS, ATTR_SERVER_PORT],
    { buckets: CALL_MILLISECONDS_BUCKETS },
  ),
  defineMetric(
    METRIC_BLOCKCHAIN_RPC_ACTIVE_REQUESTS,
    "updowncounter",
    "{request}",
    "development",
    "ethers",
    "Calls to the RPC endpoint that have no answer yet.",
    [ATTR_RPC_SYSTEM_NAME, ATTR_RPC_METHOD, ATTR_SERVER_ADDRESS, ATTR_SERVER_PORT, ATTR_BLOCKCHAIN_CHAIN_ID],
  ),
  defineMetric(
    METRIC_BLOCKCHAIN_RPC_RETRIES,
    "counter",
    "{retry}",
    "development",
    "ethers",
    "Attempts after the first one.",
    [ATTR_RPC_SYSTEM_NAME, ATTR_RPC_METHOD, ATTR_SERVER_ADDRESS, ATTR_SERVER_PORT, ATTR_BLOCKCHAIN_CHAIN_ID],
  ),
  defineMetric(
    METRIC_BLOCKCHAIN_RPC_RATE_LIMITED,
    "counter",
    "{response}",
    "development",
    "ethers",
    "Answers that said that the rate limit was reached.",
    [
      ATTR_RPC_SYSTEM_NAME,
      ATTR_RPC_METHOD,
      ATTR_RPC_STATUS_CODE,
      ATTR_SERVER_ADDRESS,
      ATTR_SERVER_PORT,
      ATTR_BLOCKCHAIN_CHAIN_ID,
    ],
  ),
  defineMetric(
    METRIC_BLOCKCHAIN_RPC_BATCH_SIZE,
    "histogram",
    "{request}",
    "development",
    "ethers",
    "Calls that travelled in one batch.",
    [ATTR_RPC_SYSTEM_NAME, ATTR_SERVER_ADDRESS, ATTR_SERVER_PORT, ATTR_BLOCKCHAIN_CHAIN_ID],
    { buckets: BATCH_SIZE_BUCKETS },
  ),
  defineMetric(
    METRIC_BLOCKCHAIN_RPC_QUEUE_DURATION,
    "histogram",
    "s",
    "development",
    "ethers",
    "Time between a call and its sending.",
    [ATTR_RPC_SYSTEM_NAME, ATTR_SERVER_ADDRESS, ATTR_SERVER_PORT, ATTR_BLOCKCHAIN_CHAIN_ID],
    { buckets: CALL_SECONDS_BUCKETS },
  ),
  defineMetric(
    METRIC_BLOCKCHAIN_RPC_STUCK,
    "counter",
    "{request}",
    "development",
    "ethers",
    "Calls whose span was ended because they never settled.",
    [ATTR_RPC_SYSTEM_NAME, ATTR_RPC_METHOD, ATTR_SERVER_ADDRESS, ATTR_SERVER_PORT, ATTR_BLOCKCHAIN_CHAIN_ID],
  ),
  defineMetric(
    METRIC_BLOCKCHAIN_PROVIDER_ERRORS,
    "counter",
    "{error}",
    "development",
    "ethers",
    "Errors of providers outside of a call, among them failed attempts to find the network.",
    [ATTR_SERVER_ADDRESS, ATTR_SERVER_PORT, ATTR_ERROR_TYPE, ATTR_BLOCKCHAIN_CHAIN_ID],
  ),
  defineMetric(
    METRIC_BLOCKCHAIN_BLOCK_HEIGHT,
    "gauge",
    "{block}",
    "development",
    "ethers",
    "Highest block number that an endpoint has answered.",
    [ATTR_SERVER_ADDRESS, ATTR_SERVER_PORT, ATTR_BLOCKCHAIN_CHAIN_ID],
  ),
];
