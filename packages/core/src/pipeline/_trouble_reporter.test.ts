import { type DiagLogger, DiagLogLevel, diag } from "@opentelemetry/api";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Counters } from "./_counters.ts";
import { TroubleReporter } from "./_trouble_reporter.ts";

let lines: string[] = [];
const silent = (): void => {};
const logger: DiagLogger = {
  verbose: silent,
  debug: silent,
  info: (...parts) => void lines.push(`info ${parts.slice(1).join(" ")}`),
  warn: (...parts) => void lines.push(`warn ${parts.slice(1).join(" ")}`),
  error: silent,
};

beforeEach(() => {
  lines = [];
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  diag.setLogger(logger, { logLevel: DiagLogLevel.INFO, suppressOverrideMessage: true });
});
afterEach(() => {
  diag.disable();
  vi.useRealTimers();
});

test("TroubleReporter says the first failure, one summary a minute, and the recovery", () => {
  const counters = new Counters();
  const reporter = new TroubleReporter("http://h:4318", counters);
  for (let second = 0; second < 150; second++) {
    counters.lastError = { message: "ECONNREFUSED", at: 0 };
    reporter.report("unreachable", "cannot deliver: ECONNREFUSED");
    counters.queue(500, 145_000);
    vi.advanceTimersByTime(1_000);
  }
  counters.dropped["queue-full"] += 7;
  reporter.delivered();
  reporter.delivered();
  vi.advanceTimersByTime(600_000);
  expect(lines).toEqual([
    "warn http://h:4318: cannot deliver: ECONNREFUSED",
    "warn http://h:4318: still failing after 60 s: 60 failures, 0 spans lost, 30000 waiting in memory (8.7 MB); last: ECONNREFUSED",
    "warn http://h:4318: still failing after 120 s: 120 failures, 0 spans lost, 60000 waiting in memory (17.4 MB); last: ECONNREFUSED",
    "info http://h:4318: delivery works again after 150 s and 150 failures; 7 spans lost",
  ]);
});

test("TroubleReporter tells of the spans that the first failure cost", () => {
  const counters = new Counters();
  const reporter = new TroubleReporter("h", counters);
  for (const spans of [512, 3]) {
    // As in the pipeline: what is lost is counted, and then said.
    counters.failed.rejected += spans;
    reporter.report("rejected", "HTTP 400");
    vi.advanceTimersByTime(120_000);
    reporter.delivered();
  }
  expect(lines.filter((line) => !line.endsWith("HTTP 400"))).toEqual([
    "warn h: still failing after 60 s: 1 failure, 512 spans lost, 0 waiting in memory (0.0 MB); last: unknown",
    "warn h: still failing after 120 s: 1 failure, 512 spans lost, 0 waiting in memory (0.0 MB); last: unknown",
    "info h: delivery works again after 120 s and 1 failure; 512 spans lost",
    "warn h: still failing after 60 s: 1 failure, 3 spans lost, 0 waiting in memory (0.0 MB); last: unknown",
    "warn h: still failing after 120 s: 1 failure, 3 spans lost, 0 waiting in memory (0.0 MB); last: unknown",
    "info h: delivery works again after 120 s and 1 failure; 3 spans lost",
  ]);
});

test("TroubleReporter does not flood when the target changes its mind all the time", () => {
  const reporter = new TroubleReporter("h", new Counters());
  for (let turn = 0; turn < 6_000; turn++) {
    reporter.report(turn % 2 ? "unreachable" : "rejected", "no");
    reporter.delivered();
    vi.advanceTimersByTime(10);
  }
  expect(lines).toEqual([
    "warn h: no",
    "info h: delivery works again after 1 s and 1 failure; no span was lost",
    "warn h: no",
  ]);
});

test("TroubleReporter says another kind of trouble at once", () => {
  const reporter = new TroubleReporter("h", new Counters());
  reporter.report("unreachable", "a");
  reporter.report("loss", "b");
  reporter.report("loss", "b");
  reporter.close();
  vi.advanceTimersByTime(600_000);
  expect(lines).toEqual(["warn h: a", "warn h: b"]);
});

test("TroubleReporter survives a logger that throws", () => {
  const warn = (): never => {
    throw new Error("the log is closed");
  };
  diag.setLogger({ ...logger, warn }, { suppressOverrideMessage: true });
  expect(() => new TroubleReporter("h", new Counters()).report("loss", "a")).not.toThrow();
});

test("TroubleReporter says nothing when nothing was wrong", () => {
  new TroubleReporter("h", new Counters()).delivered();
  expect(lines).toEqual([]);
});
