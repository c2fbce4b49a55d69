import { lintExposition } from "./_lint_exposition.ts";
import { probeHttp } from "./_probes.ts";
import { type Finding, finding, ok } from "./doctor_report.ts";

/**
 * Reads a page of Prometheus metrics and lints it.
 *
 * @param url The page.
 * @param timeoutMs Bound of the request.
 */
export async function metricsFindings(url: string, timeoutMs: number): Promise<Finding[]> {
  if (!URL.canParse(url)) {
    return [
      finding(
        "error",
        "metrics.invalid_url",
        "the address of the metrics page is no URL",
        url,
        "Write http://HOST:9464/metrics.",
      ),
    ];
  }
  const probe = await probeHttp(url, { timeoutMs, maxBytes: 64 * 1024 * 1024 });
  if ("error" in probe) {
    return [
      finding(
        "error",
        "metrics.unreachable",
        "the metrics page cannot be read",
        `${url}: ${probe.error}`,
        "Start the application, or correct the address.",
      ),
    ];
  }
  if (probe.value.status !== 200) {
    return [
      finding(
        "error",
        "metrics.status",
        "the metrics page answers with an error",
        `${url}: HTTP ${probe.value.status}`,
        "Correct the path, usually /metrics.",
      ),
    ];
  }
  const remarks = lintExposition(probe.value.body);
  if (remarks.length === 0)
    return [ok("metrics.page", "the metrics page has nothing to complain about", url)];
  return remarks.map(({ code, metric, message }) =>
    finding(
      "warn",
      code,
      `${metric} ${message}`,
      url,
      "Rename the metric, or drop the label that makes it many.",
    ),
  );
}
