import { buildDashboard, type DashboardSpec } from "./_build_dashboard.ts";
import { ARTIST_OPERATIONS } from "./artist_operations.ts";
import { BLOCKCHAIN_RPC } from "./blockchain_rpc.ts";
import { ERROR_TRACKING } from "./error_tracking.ts";
import { NFT_MINTING_PERFORMANCE } from "./nft_minting_performance.ts";
import { ROYALTY_DISTRIBUTION } from "./royalty_distribution.ts";
import { TRACING_HEALTH } from "./tracing_health.ts";

/** The dashboards of infra/grafana/dashboards, in the order of the menu. */
export const DASHBOARDS: readonly DashboardSpec[] = [
  ARTIST_OPERATIONS,
  NFT_MINTING_PERFORMANCE,
  ROYALTY_DISTRIBUTION,
  ERROR_TRACKING,
  BLOCKCHAIN_RPC,
  TRACING_HEALTH,
];

/** File names and contents, as they are committed. */
export function dashboardFiles(): ReadonlyMap<string, string> {
  return new Map(
    DASHBOARDS.map((spec) => [
      `${spec.uid.replace(/^dcmx-/, "")}.json`,
      `${JSON.stringify(buildDashboard(spec), null, 2)}\n`,
    ]),
  );
}
