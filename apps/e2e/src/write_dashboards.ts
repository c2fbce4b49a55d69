// Writes infra/grafana/dashboards: `pnpm --filter @dcmx-tracing/e2e dashboards`. A test fails while they are stale.
import { writeFileSync } from "node:fs";
import { dashboardFiles } from "./dashboards/dashboards.ts";
import { infra } from "./infra_files.ts";

for (const [name, text] of dashboardFiles()) writeFileSync(infra(`grafana/dashboards/${name}`), text);
