import {
  ATTR_BLOCKCHAIN_CHAIN_ID,
  ATTR_ERROR_TYPE,
  ATTR_RPC_METHOD,
  ATTR_SERVER_ADDRESS,
  METRIC_BLOCKCHAIN_BLOCK_HEIGHT,
  METRIC_BLOCKCHAIN_NONCE_GAP,
  METRIC_BLOCKCHAIN_RPC_ACTIVE_REQUESTS,
  METRIC_BLOCKCHAIN_RPC_BATCH_SIZE,
  METRIC_BLOCKCHAIN_RPC_QUEUE_DURATION,
  METRIC_BLOCKCHAIN_RPC_RATE_LIMITED,
  METRIC_BLOCKCHAIN_RPC_RETRIES,
  METRIC_BLOCKCHAIN_TX_FEE,
  METRIC_BLOCKCHAIN_TX_GAS_PRICE,
  METRIC_BLOCKCHAIN_TX_GAS_USED,
  METRIC_BLOCKCHAIN_TX_PENDING,
  METRIC_RPC_CLIENT_CALL_DURATION,
} from "@dcmx-tracing/conventions";
import type { DashboardSpec } from "./_build_dashboard.ts";
import { current, highest, mean, quantile, rate, share, total } from "./_promql.ts";

/** The RPC endpoints and the chain behind them. */
export const BLOCKCHAIN_RPC: DashboardSpec = {
  uid: "dcmx-blockchain-rpc",
  title: "Blockchain RPC",
  description: "RPC endpoints (speed, failures, limits) and transactions (pending, gas, fees).",
  rows: [
    {
      title: "In the chosen time",
      panels: [
        {
          kind: "stat",
          title: "Calls",
          description: "Calls to RPC endpoints.",
          unit: "short",
          queries: [{ expr: total(METRIC_RPC_CLIENT_CALL_DURATION) }],
        },
        {
          kind: "stat",
          title: "Failed calls",
          description: "Share of the calls that failed after all retries.",
          unit: "percentunit",
          queries: [{ expr: share(METRIC_RPC_CLIENT_CALL_DURATION, { [ATTR_ERROR_TYPE]: '!=""' }) }],
        },
        {
          kind: "stat",
          title: "Slow calls (p95)",
          description: "Nineteen of twenty calls are faster.",
          unit: "s",
          queries: [{ expr: quantile(0.95, METRIC_RPC_CLIENT_CALL_DURATION) }],
        },
        {
          kind: "stat",
          title: "Pending transactions",
          description: "Transactions that are waited for now.",
          unit: "short",
          queries: [{ expr: current(METRIC_BLOCKCHAIN_TX_PENDING) }],
        },
      ],
    },
    {
      title: "Endpoints",
      panels: [
        {
          kind: "lines",
          title: "Calls by method",
          description: "Calls a second.",
          unit: "reqps",
          queries: [
            {
              expr: rate(METRIC_RPC_CLIENT_CALL_DURATION, { by: [ATTR_RPC_METHOD] }),
              legend: "{{rpc_method}}",
            },
          ],
        },
        {
          kind: "lines",
          title: "Slow calls by endpoint (p95)",
          description: "Retries included. Each dot is a trace.",
          unit: "s",
          exemplars: true,
          queries: [
            {
              expr: quantile(0.95, METRIC_RPC_CLIENT_CALL_DURATION, { by: [ATTR_SERVER_ADDRESS] }),
              legend: "{{server_address}}",
            },
          ],
        },
        {
          kind: "lines",
          title: "Slow calls by method (p95)",
          description: "Retries included. Each dot is a trace.",
          unit: "s",
          exemplars: true,
          queries: [
            {
              expr: quantile(0.95, METRIC_RPC_CLIENT_CALL_DURATION, { by: [ATTR_RPC_METHOD] }),
              legend: "{{rpc_method}}",
            },
          ],
        },
        {
          kind: "lines",
          title: "Calls under way",
          description: "A line that only rises is a silent hang, typically of a WebSocket.",
          unit: "short",
          queries: [
            {
              expr: current(METRIC_BLOCKCHAIN_RPC_ACTIVE_REQUESTS, { by: [ATTR_SERVER_ADDRESS] }),
              legend: "{{server_address}}",
            },
          ],
        },
        {
          kind: "lines",
          title: "Retries and rate limits",
          description: "Answers 429 and -32005; the endpoint's quota is used up.",
          unit: "ops",
          queries: [
            {
              expr: rate(METRIC_BLOCKCHAIN_RPC_RETRIES, { by: [ATTR_SERVER_ADDRESS] }),
              legend: "retries {{server_address}}",
            },
            {
              expr: rate(METRIC_BLOCKCHAIN_RPC_RATE_LIMITED, { by: [ATTR_SERVER_ADDRESS] }),
              legend: "limited {{server_address}}",
            },
          ],
        },
        {
          kind: "lines",
          title: "Calls in a batch",
          description: "Mean. Some endpoints refuse more than 10.",
          unit: "short",
          queries: [
            {
              expr: mean(METRIC_BLOCKCHAIN_RPC_BATCH_SIZE, { by: [ATTR_SERVER_ADDRESS] }),
              legend: "{{server_address}}",
            },
          ],
        },
        {
          kind: "lines",
          title: "Wait before sending (p95)",
          description: "Delay inside the client: batching and its own rate limit.",
          unit: "s",
          queries: [
            {
              expr: quantile(0.95, METRIC_BLOCKCHAIN_RPC_QUEUE_DURATION, { by: [ATTR_SERVER_ADDRESS] }),
              legend: "{{server_address}}",
            },
          ],
        },
        {
          kind: "lines",
          title: "Block height by endpoint",
          description: "An endpoint that lags behind answers with stale data.",
          unit: "locale",
          queries: [
            {
              expr: highest(METRIC_BLOCKCHAIN_BLOCK_HEIGHT, {
                by: [ATTR_SERVER_ADDRESS, ATTR_BLOCKCHAIN_CHAIN_ID],
              }),
              legend: "{{server_address}} chain {{blockchain_chain_id}}",
            },
          ],
        },
      ],
    },
    {
      title: "Transactions",
      panels: [
        {
          kind: "lines",
          title: "Pending transactions",
          description: "Transactions that are waited for.",
          unit: "short",
          queries: [
            {
              expr: current(METRIC_BLOCKCHAIN_TX_PENDING, { by: [ATTR_BLOCKCHAIN_CHAIN_ID] }),
              legend: "chain {{blockchain_chain_id}}",
            },
          ],
        },
        {
          kind: "lines",
          title: "Gas price (gwei)",
          description: "Effective price that was paid.",
          unit: "short",
          queries: [0.5, 0.95].map((q) => ({
            expr: quantile(q, METRIC_BLOCKCHAIN_TX_GAS_PRICE),
            legend: `p${q * 100}`,
          })),
        },
        {
          kind: "lines",
          title: "Gas of a transaction (p95)",
          description: "By chain.",
          unit: "short",
          queries: [
            {
              expr: quantile(0.95, METRIC_BLOCKCHAIN_TX_GAS_USED, { by: [ATTR_BLOCKCHAIN_CHAIN_ID] }),
              legend: "chain {{blockchain_chain_id}}",
            },
          ],
        },
        {
          kind: "lines",
          title: "Fee of a transaction (gwei)",
          description: "Gas times price.",
          unit: "short",
          queries: [0.5, 0.95].map((q) => ({
            expr: quantile(q, METRIC_BLOCKCHAIN_TX_FEE),
            legend: `p${q * 100}`,
          })),
        },
        {
          kind: "lines",
          title: "Nonce gaps",
          description: "A nonce was taken but not used: every later transaction of that account waits.",
          unit: "ops",
          queries: [
            {
              expr: rate(METRIC_BLOCKCHAIN_NONCE_GAP, { by: [ATTR_BLOCKCHAIN_CHAIN_ID] }),
              legend: "chain {{blockchain_chain_id}}",
            },
          ],
        },
      ],
    },
  ],
};
