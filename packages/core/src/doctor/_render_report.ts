import type { DoctorReport, FindingLevel } from "./doctor_report.ts";

const MARKS: Readonly<Record<FindingLevel, string>> = {
  ok: "ok   ",
  info: "note ",
  warn: "WARN ",
  error: "ERROR",
};

/**
 * A report as text for a terminal.
 *
 * @param report The report.
 */
export function renderReport(report: DoctorReport): string {
  const lines = ["Settings that are not at their default:"];
  const changed = report.settings.filter((setting) => setting.source !== "default");
  if (changed.length === 0) lines.push("  none");
  for (const { name, value, unit, from, overridden } of changed) {
    const lost = overridden.length === 0 ? "" : `, wins over ${overridden.join(", ")}`;
    lines.push(`  ${name} = ${value}${unit === undefined ? "" : ` ${unit}`}  (${from}${lost})`);
  }
  lines.push("", "Findings:");
  for (const { level, code, cause, evidence, fix } of report.findings) {
    lines.push(`  ${MARKS[level]} ${cause} [${code}]`);
    if (evidence !== "") lines.push(`        ${evidence}`);
    if (fix !== "") lines.push(`        Fix: ${fix}`);
  }
  if (report.trace !== undefined) lines.push("", `Test trace: ${report.trace.uiUrl}`);
  lines.push("", `Result: ${report.status}`, "");
  return lines.join("\n");
}
