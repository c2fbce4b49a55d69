import { DiagLogLevel, diag } from "@opentelemetry/api";
import { afterEach, expect, test, vi } from "vitest";
import { installLogger } from "./_stderr_logger.ts";

afterEach(() => {
  vi.useRealTimers();
  diag.disable();
});

test("installLogger() writes lines of its level and above, and nothing after its removal", () => {
  const lines: string[] = [];
  const remove = installLogger("warn", (line) => lines.push(line));
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  diag.info("quiet");
  diag.warn("careful", { a: 1 });
  diag.error("broken", new Error("why"), circular);
  remove();
  diag.error("unheard");
  expect(lines).toEqual([
    '[dcmx-tracing] warn: careful {"a":1}\n',
    "[dcmx-tracing] error: broken why [unprintable]\n",
  ]);
});

test("installLogger() leaves a logger of the application in place", () => {
  const heard: string[] = [];
  const keep = (message: string): void => void heard.push(message);
  diag.setLogger({ error: keep, warn: keep, info: keep, debug: keep, verbose: keep }, DiagLogLevel.WARN);
  const lines: string[] = [];
  installLogger("info", (line) => lines.push(line));
  diag.warn("x");
  expect([heard, lines]).toEqual([["x"], []]);
});

test("installLogger() writes at most 60 lines a minute and says how many it left out", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const lines: string[] = [];
  installLogger("info", (line) => lines.push(line));
  for (let i = 0; i < 100; i++) diag.error("flood");
  expect(lines).toHaveLength(60);
  vi.advanceTimersByTime(60_000);
  diag.error("later");
  expect(lines.slice(60)).toEqual([
    "[dcmx-tracing] info: 40 more lines were not shown\n",
    "[dcmx-tracing] error: later\n",
  ]);
});

test("installLogger() writes nothing at level none", () => {
  const lines: string[] = [];
  installLogger("none", (line) => lines.push(line));
  diag.error("x");
  expect(lines).toEqual([]);
});
