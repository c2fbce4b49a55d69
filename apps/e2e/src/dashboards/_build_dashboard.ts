import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TimeseriesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";

/** One query of a panel. */
export interface Query {
  readonly expr: string;
  /** Name of the line; `{{label}}` is filled in by Grafana. */
  readonly legend?: string;
}

/** One panel: `stat` shows one number, `lines` a time series. */
export interface PanelSpec {
  readonly kind: "stat" | "lines";
  readonly title: string;
  /** What it means and what to do about it. */
  readonly description: string;
  /** Unit in Grafana's terms. */
  readonly unit: string;
  readonly queries: readonly Query[];
  /** Shows the traces behind the values as dots; for histograms. */
  readonly exemplars?: boolean;
}

/** One dashboard. */
export interface DashboardSpec {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly rows: readonly { readonly title: string; readonly panels: readonly PanelSpec[] }[];
}

const PROMETHEUS = { type: "prometheus", uid: "prometheus" };

/** Turns a description into Grafana's JSON model. Positions and ids follow from the order, so the output is stable. */
export function buildDashboard(spec: DashboardSpec): Dashboard {
  const builder = new DashboardBuilder(spec.title)
    .uid(spec.uid)
    .description(spec.description)
    .tags(["dcmx", "generated"])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: "now-1h", to: "now" })
    .timezone("browser")
    .refresh("30s")
    .withVariable(jobVariable())
    .link(
      new DashboardLinkBuilder("DCMX")
        .type(DashboardLinkType.Dashboards)
        .tags(["dcmx"])
        .asDropdown(true)
        .keepTime(true)
        .includeVars(true),
    );
  for (const row of spec.rows) {
    builder.withRow(new RowBuilder(row.title));
    for (const panel of row.panels) builder.withPanel(panel.kind === "stat" ? stat(panel) : lines(panel));
  }
  return builder.build();
}

/** Lets the reader choose services; `job` is the service name. */
function jobVariable(): QueryVariableBuilder {
  return new QueryVariableBuilder("job")
    .label("Service")
    .datasource(PROMETHEUS)
    .query({ query: 'label_values(up{job!~"jaeger.*|prometheus"}, job)', refId: "job" })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .multi(true)
    .includeAll(true)
    .allValue(".+")
    .current({ selected: true, text: ["All"], value: ["$__all"] });
}

function stat(spec: PanelSpec): StatBuilder {
  const panel = new StatBuilder().height(4).span(6);
  for (const query of queries(spec)) panel.withTarget(query);
  return panel
    .title(spec.title)
    .description(spec.description)
    .unit(spec.unit)
    .datasource(PROMETHEUS)
    .noValue("0");
}

function lines(spec: PanelSpec): TimeseriesBuilder {
  const panel = new TimeseriesBuilder().height(8).span(12);
  for (const query of queries(spec)) panel.withTarget(query);
  return panel
    .title(spec.title)
    .description(spec.description)
    .unit(spec.unit)
    .datasource(PROMETHEUS)
    .min(0)
    .fillOpacity(10);
}

function queries(spec: PanelSpec): DataqueryBuilder[] {
  return spec.queries.map(({ expr, legend = spec.title }, index) => {
    const query = new DataqueryBuilder()
      .refId(String.fromCharCode(65 + index))
      .expr(expr)
      .legendFormat(legend);
    if (spec.kind === "stat") query.instant();
    else query.range();
    return query.exemplar(spec.exemplars ?? false);
  });
}
