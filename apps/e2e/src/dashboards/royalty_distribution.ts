import {
  ATTR_DISTRIBUTION_STATUS,
  ATTR_MARKETPLACE_NAME,
  METRIC_MARKETPLACE_SALES_DETECTED,
  METRIC_ROYALTIES_DISTRIBUTED,
  METRIC_ROYALTY_AMOUNTS,
} from "@dcmx-tracing/conventions";
import type { DashboardSpec } from "./_build_dashboard.ts";
import { mean, quantile, rate, total, totalValue } from "./_promql.ts";

/** Sales on secondary markets and the royalties that follow them. */
export const ROYALTY_DISTRIBUTION: DashboardSpec = {
  uid: "dcmx-royalties",
  title: "Royalty Distribution Metrics",
  description:
    "Sales on secondary markets, royalty payments, their amounts, and sales that are not paid yet.",
  rows: [
    {
      title: "In the chosen time",
      panels: [
        {
          kind: "stat",
          title: "Payments",
          description: "Royalty payments.",
          unit: "short",
          queries: [{ expr: total(METRIC_ROYALTIES_DISTRIBUTED) }],
        },
        {
          kind: "stat",
          title: "Paid (ETH)",
          description: "Sum of the payments. Metrics are floating point: the exact wei stand on the spans.",
          unit: "short",
          queries: [{ expr: totalValue(METRIC_ROYALTY_AMOUNTS) }],
        },
        {
          kind: "stat",
          title: "Sales detected",
          description: "Sales on secondary markets.",
          unit: "short",
          queries: [{ expr: total(METRIC_MARKETPLACE_SALES_DETECTED) }],
        },
        {
          kind: "stat",
          title: "Sales without payment",
          description: "Sales minus payments. It should return to 0.",
          unit: "short",
          queries: [
            { expr: `${total(METRIC_MARKETPLACE_SALES_DETECTED)} - ${total(METRIC_ROYALTIES_DISTRIBUTED)}` },
          ],
        },
      ],
    },
    {
      title: "Over time",
      panels: [
        {
          kind: "lines",
          title: "Payments by state",
          description: "Payments a second.",
          unit: "ops",
          queries: [
            {
              expr: rate(METRIC_ROYALTIES_DISTRIBUTED, { by: [ATTR_DISTRIBUTION_STATUS] }),
              legend: "{{distribution_status}}",
            },
          ],
        },
        {
          kind: "lines",
          title: "Sales by marketplace",
          description: "Sales a second.",
          unit: "ops",
          queries: [
            {
              expr: rate(METRIC_MARKETPLACE_SALES_DETECTED, { by: [ATTR_MARKETPLACE_NAME] }),
              legend: "{{marketplace_name}}",
            },
          ],
        },
        {
          kind: "lines",
          title: "Amount of a payment (ETH)",
          description: "Each dot is a trace.",
          unit: "short",
          exemplars: true,
          queries: [0.5, 0.95].map((q) => ({
            expr: quantile(q, METRIC_ROYALTY_AMOUNTS),
            legend: `p${q * 100}`,
          })),
        },
        {
          kind: "lines",
          title: "Mean amount by marketplace (ETH)",
          description: "Where the royalties come from.",
          unit: "short",
          queries: [
            {
              expr: mean(METRIC_ROYALTY_AMOUNTS, { by: [ATTR_MARKETPLACE_NAME] }),
              legend: "{{marketplace_name}}",
            },
          ],
        },
      ],
    },
  ],
};
