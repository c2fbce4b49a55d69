import {
  ATTR_CONTRACT_METHOD,
  ATTR_ERROR_TYPE,
  ATTR_ETHERS_ERROR_CODE,
  ATTR_RPC_METHOD,
  ATTR_TX_STATUS,
  METRIC_BLOCKCHAIN_PROVIDER_ERRORS,
  METRIC_BLOCKCHAIN_RPC_STUCK,
  METRIC_BLOCKCHAIN_TX_COUNT,
  METRIC_NFT_MINT_DURATION,
  METRIC_RPC_CLIENT_CALL_DURATION,
} from "@dcmx-tracing/conventions";
import type { DashboardSpec } from "./_build_dashboard.ts";
import { rate, share, total } from "./_promql.ts";

const FAILED = 'traces_span_metrics_calls_total{job=~"$job", status_code="STATUS_CODE_ERROR"}';
const ALL = 'traces_span_metrics_calls_total{job=~"$job"}';

/** Failures, from the spans of every operation down to the codes of the RPC endpoint. */
export const ERROR_TRACKING: DashboardSpec = {
  uid: "dcmx-errors",
  title: "Error and Exception Tracking",
  description:
    "Failed operations, mints, calls and transactions, by kind. Operations come from Jaeger's span metrics.",
  rows: [
    {
      title: "In the chosen time",
      panels: [
        {
          kind: "stat",
          title: "Failed operations",
          description: "Share of all spans that ended with an error.",
          unit: "percentunit",
          queries: [
            {
              expr: `(sum(rate(${FAILED}[$__rate_interval])) or 0 * sum(rate(${ALL}[$__rate_interval]))) / sum(rate(${ALL}[$__rate_interval]))`,
            },
          ],
        },
        {
          kind: "stat",
          title: "Failed mints",
          description: "Share of the mints that ended with an error.",
          unit: "percentunit",
          queries: [{ expr: share(METRIC_NFT_MINT_DURATION, { [ATTR_ERROR_TYPE]: '!=""' }) }],
        },
        {
          kind: "stat",
          title: "Failed RPC calls",
          description: "Share of the calls to RPC endpoints that failed after all retries.",
          unit: "percentunit",
          queries: [{ expr: share(METRIC_RPC_CLIENT_CALL_DURATION, { [ATTR_ERROR_TYPE]: '!=""' }) }],
        },
        {
          kind: "stat",
          title: "Unsuccessful transactions",
          description: "Reverted, dropped, replaced, cancelled or timed out.",
          unit: "short",
          queries: [
            {
              expr: total(METRIC_BLOCKCHAIN_TX_COUNT, {
                where: { [ATTR_TX_STATUS]: '!~"success|confirmed"' },
              }),
            },
          ],
        },
      ],
    },
    {
      title: "Operations",
      panels: [
        {
          kind: "lines",
          title: "Errors by operation",
          description: "Spans that ended with an error, by service and name.",
          unit: "ops",
          exemplars: true,
          queries: [
            {
              expr: `sum by (service_name, span_name) (rate(${FAILED}[$__rate_interval]))`,
              legend: "{{service_name}} {{span_name}}",
            },
          ],
        },
        {
          kind: "lines",
          title: "Errors by exception",
          description: "The error.type of failed spans.",
          unit: "ops",
          queries: [
            { expr: `sum by (error_type) (rate(${FAILED}[$__rate_interval]))`, legend: "{{error_type}}" },
          ],
        },
        {
          kind: "lines",
          title: "Failed mints by exception",
          description: "The error.type of failed mints. Each dot is a trace.",
          unit: "ops",
          exemplars: true,
          queries: [
            {
              expr: rate(METRIC_NFT_MINT_DURATION, {
                by: [ATTR_ERROR_TYPE],
                where: { [ATTR_ERROR_TYPE]: '!=""' },
              }),
              legend: "{{error_type}}",
            },
          ],
        },
      ],
    },
    {
      title: "Chain",
      panels: [
        {
          kind: "lines",
          title: "Failed RPC calls by cause",
          description: "JSON-RPC codes alone do not tell causes apart; the code of ethers does.",
          unit: "ops",
          exemplars: true,
          queries: [
            {
              expr: rate(METRIC_RPC_CLIENT_CALL_DURATION, {
                by: [ATTR_RPC_METHOD, ATTR_ERROR_TYPE, ATTR_ETHERS_ERROR_CODE],
                where: { [ATTR_ERROR_TYPE]: '!=""' },
              }),
              legend: "{{rpc_method}} {{error_type}} {{ethers_error_code}}",
            },
          ],
        },
        {
          kind: "lines",
          title: "Unsuccessful transactions",
          description: "By contract method and result.",
          unit: "ops",
          queries: [
            {
              expr: rate(METRIC_BLOCKCHAIN_TX_COUNT, {
                by: [ATTR_CONTRACT_METHOD, ATTR_TX_STATUS],
                where: { [ATTR_TX_STATUS]: '!~"success|confirmed"' },
              }),
              legend: "{{contract_method}} {{tx_status}}",
            },
          ],
        },
        {
          kind: "lines",
          title: "Errors of providers",
          description: "Outside of any call, for example while the network is looked up.",
          unit: "ops",
          queries: [
            {
              expr: rate(METRIC_BLOCKCHAIN_PROVIDER_ERRORS, { by: [ATTR_ERROR_TYPE] }),
              legend: "{{error_type}}",
            },
          ],
        },
        {
          kind: "lines",
          title: "RPC calls that never settled",
          description: "Their spans were ended by a bound: the endpoint hangs.",
          unit: "ops",
          queries: [
            { expr: rate(METRIC_BLOCKCHAIN_RPC_STUCK, { by: [ATTR_RPC_METHOD] }), legend: "{{rpc_method}}" },
          ],
        },
      ],
    },
  ],
};
