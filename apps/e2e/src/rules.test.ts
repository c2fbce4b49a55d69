import { expect, test } from "vitest";
import { infra, infraFiles, infraText, infraYaml } from "./infra_files.ts";
import { syntaxError, unknownSeries } from "./promql_names.ts";
import { recordedNames, rules, withoutThreshold } from "./rules.ts";
import { findServer, runTool } from "./servers/find_server.ts";

const promtool = findServer("promtool");

test.skipIf(promtool.missing)("promtool accepts prometheus.yml and its rules", () => {
  expect(runTool(promtool.path, ["check", "config", infra("prometheus.yml")])).toMatchObject({ status: 0 });
});

test.skipIf(promtool.missing)("promtool passes the unit tests of the rules", () => {
  const files = infraFiles("prometheus/tests", ".test.yml").map(infra);
  expect(files).toHaveLength(2);
  const { status, output } = runTool(promtool.path, ["test", "rules", ...files]);
  expect(status, output).toBe(0);
});

test.each(rules().map((rule) => [rule.record ?? rule.alert, rule] as const))(
  "%s reads series that exist",
  (_, rule) => {
    expect(syntaxError(rule.expr)).toBeUndefined();
    expect(unknownSeries(rule.expr, recordedNames())).toEqual([]);
  },
);

const alerts = rules().filter((rule) => rule.alert !== undefined);

test.each(alerts.map((rule) => [rule.alert, rule] as const))(
  "%s has a severity, a summary, a test and a runbook",
  (name, rule) => {
    const { summary, runbook_url: url } = rule.annotations ?? {};
    expect(rule.labels?.severity).toMatch(/^(warning|critical)$/);
    expect(summary).toBeTruthy();
    expect(url).toBe(
      `https://github.com/dcmx-tracing/dcmx-tracing/blob/main/infra/RUNBOOK.md#${name?.toLowerCase()}`,
    );
    expect(infraText("RUNBOOK.md")).toContain(`### ${name}\n`);
    const cases = infraYaml<{
      tests: { alert_rule_test: { alertname: string; exp_alerts?: unknown[] }[] }[];
    }>("prometheus/tests/alerts.test.yml").tests.flatMap((each) =>
      each.alert_rule_test.filter(({ alertname }) => alertname === name),
    );
    expect(
      cases.some(({ exp_alerts }) => exp_alerts !== undefined),
      "one time at which it fires",
    ).toBe(true);
    expect(
      cases.some(({ exp_alerts }) => exp_alerts === undefined),
      "one time at which it is silent",
    ).toBe(true);
    expect(syntaxError(withoutThreshold(rule.expr))).toBeUndefined();
  },
);

test("RUNBOOK.md has no section without an alert", () => {
  const sections = [...infraText("RUNBOOK.md").matchAll(/^### (\w+)$/gm)].map((match) => match[1]);
  expect(sections.sort()).toEqual(alerts.map((rule) => rule.alert).sort());
});
