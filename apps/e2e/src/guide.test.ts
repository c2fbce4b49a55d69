import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DASHBOARDS } from "./dashboards/dashboards.ts";
import { guideTables, tableIn } from "./guide_tables.ts";
import { ROOT } from "./infra_files.ts";

const text = readFileSync(`${ROOT}TRACING.md`, "utf8");

test.each([...guideTables()])("the table of %s in TRACING.md is that of the catalogue", (name, rows) => {
  expect(rows.length).toBeGreaterThan(10);
  expect(tableIn(text, name), "run: npx pnpm --filter @dcmx-tracing/e2e guide").toEqual(rows);
});

test("TRACING.md has the sections of the guide", () => {
  const sections = [...text.matchAll(/^## (.+)$/gm)].map((match) => match[1]);
  expect(sections).toEqual([
    "Overview",
    "Quick start",
    "Architecture",
    "Using tracing",
    "Real-world examples",
    "Metrics",
    "Attributes",
    "Viewing traces",
    "Production configuration",
    "Performance",
    "Troubleshooting",
    "Best practices",
    "Examples",
    "Files",
    "Coming from the Python guide",
    "Resources",
    "Support",
  ]);
});

test("TRACING.md names every dashboard", () => {
  expect(DASHBOARDS.map(({ title }) => title).filter((title) => !text.includes(title))).toEqual([]);
});

test("every path of the repository that TRACING.md names exists", () => {
  const named = [...text.matchAll(/`((?:\.\/)?(?:infra|scripts|packages|apps)\/[\w./@-]*\w)`/g)].map(
    (match) => match[1] ?? "",
  );
  expect(named.length).toBeGreaterThan(10);
  // Made by `start-tracing.sh --prod`.
  const made = ["infra/secrets/grafana_admin_password"];
  expect(named.filter((path) => !made.includes(path) && !existsSync(ROOT + path))).toEqual([]);
});
