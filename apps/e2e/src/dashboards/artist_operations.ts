import {
  ATTR_OPERATION_STATUS,
  ATTR_VERIFICATION_STATUS,
  ATTR_WALLET_TYPE,
  METRIC_ARTIST_VERIFICATIONS,
  METRIC_BADGES_AWARDED,
  METRIC_OPERATIONS,
  METRIC_WALLET_CONNECTIONS,
} from "@dcmx-tracing/conventions";
import type { DashboardSpec } from "./_build_dashboard.ts";
import { rate, total } from "./_promql.ts";

/** Onboarding: verifications, wallets, badges. */
export const ARTIST_OPERATIONS: DashboardSpec = {
  uid: "dcmx-artist-operations",
  title: "DCMX Artist Operations",
  description: "Onboarding of artists: identity verifications, wallet connections and badges.",
  rows: [
    {
      title: "In the chosen time",
      panels: [
        {
          kind: "stat",
          title: "Verifications",
          description: "Identity verifications, whatever their result.",
          unit: "short",
          queries: [{ expr: total(METRIC_ARTIST_VERIFICATIONS) }],
        },
        {
          kind: "stat",
          title: "Wallets connected",
          description: "Wallets that artists connected.",
          unit: "short",
          queries: [{ expr: total(METRIC_WALLET_CONNECTIONS) }],
        },
        {
          kind: "stat",
          title: "Badges awarded",
          description:
            "Badges, the last step of the onboarding. Far fewer than verifications means that artists give up in between.",
          unit: "short",
          queries: [{ expr: total(METRIC_BADGES_AWARDED) }],
        },
        {
          kind: "stat",
          title: "Operations",
          description: "Operations that the application counts by itself.",
          unit: "short",
          queries: [{ expr: total(METRIC_OPERATIONS) }],
        },
      ],
    },
    {
      title: "Over time",
      panels: [
        {
          kind: "lines",
          title: "Verifications by result",
          description: "A growing share of failures points to the identity provider.",
          unit: "ops",
          queries: [
            {
              expr: rate(METRIC_ARTIST_VERIFICATIONS, { by: [ATTR_VERIFICATION_STATUS] }),
              legend: "{{verification_status}}",
            },
          ],
        },
        {
          kind: "lines",
          title: "Wallet connections by kind",
          description: "Which wallets artists use.",
          unit: "ops",
          queries: [
            { expr: rate(METRIC_WALLET_CONNECTIONS, { by: [ATTR_WALLET_TYPE] }), legend: "{{wallet_type}}" },
          ],
        },
        {
          kind: "lines",
          title: "Badges awarded",
          description: "Completed onboardings a second.",
          unit: "ops",
          queries: [{ expr: rate(METRIC_BADGES_AWARDED) }],
        },
        {
          kind: "lines",
          title: "Operations by state",
          description: "Operations that the application counts by itself.",
          unit: "ops",
          queries: [
            {
              expr: rate(METRIC_OPERATIONS, { by: [ATTR_OPERATION_STATUS] }),
              legend: "{{operation_status}}",
            },
          ],
        },
      ],
    },
  ],
};
