import type { TracingStats } from "../tracing.ts";
import { type Finding, finding, ok } from "./doctor_report.ts";

/**
 * Answers "sampled out or lost?" from the counters of a process.
 *
 * @param stats The counters.
 */
export function flowFindings(stats: TracingStats): Finding[] {
  const { started, sampledOut, ended, exported, dropped, failed, queued, open } = stats;
  const evidence = `started ${started}, sampled out ${sampledOut}, ended ${ended}, exported ${exported}, dropped ${dropped}, failed ${failed}, waiting ${queued}, open ${open}`;
  const found: Finding[] = [];
  if (started === 0) {
    const fix = "Check that the code runs, and that instrumentations are loaded before what they patch.";
    return [finding("warn", "flow.no_spans", "no span was started", evidence, fix)];
  }
  if (dropped + failed > 0) {
    const reasons = stats.targets.flatMap(({ target, dropped: drops, failed: fails }) =>
      [...Object.entries(drops), ...Object.entries(fails)]
        .filter(([, count]) => count > 0)
        .map(([reason, count]) => `${reason} ${count} (${target})`),
    );
    const last = stats.lastError === undefined ? "" : `; last error: ${stats.lastError.message}`;
    const fix = "Repair the export first; then consider a larger queue (batch.maxQueueBytes) or a spool.";
    found.push(
      finding(
        "error",
        "flow.lost",
        `${dropped + failed} spans were lost`,
        `${evidence}; ${reasons.join(", ")}${last}`,
        fix,
      ),
    );
  }
  if (sampledOut === started) {
    found.push(
      finding(
        "warn",
        "flow.all_sampled_out",
        "every span was sampled out",
        evidence,
        "Raise sampleRate, or look at stats().sampling.",
      ),
    );
  }
  if (open > 0 && ended === 0 && sampledOut < started) {
    found.push(
      finding(
        "warn",
        "flow.never_ended",
        "spans were started and none ended",
        evidence,
        "End spans; startSpan(name, fn) does it.",
      ),
    );
  }
  return found.length > 0 ? found : [ok("flow.counters", "nothing was lost", evidence)];
}
