import { type DiagLogger, DiagLogLevel, diag } from "@opentelemetry/api";
import type { LogLevel } from "../config/setting_values.ts";
import { apiGlobals } from "./_api_globals.ts";

const LEVELS: Readonly<Record<LogLevel, DiagLogLevel>> = {
  none: DiagLogLevel.NONE,
  error: DiagLogLevel.ERROR,
  warn: DiagLogLevel.WARN,
  info: DiagLogLevel.INFO,
  debug: DiagLogLevel.DEBUG,
  verbose: DiagLogLevel.VERBOSE,
  all: DiagLogLevel.ALL,
};

/** Most lines in a minute at info and above; the rest is counted and said. */
const LINES_A_MINUTE = 60;
const MINUTE = 60_000;

/**
 * Makes OpenTelemetry's diagnostics visible on standard error, unless the application has set a logger of its own.
 *
 * @param level How much is said.
 * @param write Writes one line. Default: standard error.
 * @returns Removes the logger again.
 */
export function installLogger(level: LogLevel, write: (line: string) => void = toStandardError): () => void {
  if (level === "none" || apiGlobals().diag !== undefined) return () => {};
  const lines = rateLimited(write, level === "debug" || level === "verbose" || level === "all");
  const logger: DiagLogger = {
    error: (message, ...rest) => lines("error", message, rest),
    warn: (message, ...rest) => lines("warn", message, rest),
    info: (message, ...rest) => lines("info", message, rest),
    debug: (message, ...rest) => lines("debug", message, rest),
    verbose: (message, ...rest) => lines("verbose", message, rest),
  };
  diag.setLogger(logger, { logLevel: LEVELS[level], suppressOverrideMessage: true });
  return () => diag.disable();
}

function rateLimited(
  write: (line: string) => void,
  unlimited: boolean,
): (level: string, message: string, rest: unknown[]) => void {
  let windowStart = Number.NEGATIVE_INFINITY;
  let written = 0;
  let hidden = 0;
  return (level, message, rest) => {
    const now = performance.now();
    if (now - windowStart >= MINUTE) {
      if (hidden > 0) write(`[dcmx-tracing] info: ${hidden} more lines were not shown\n`);
      windowStart = now;
      written = 0;
      hidden = 0;
    }
    if (!unlimited && written >= LINES_A_MINUTE) {
      hidden++;
      return;
    }
    written++;
    write(`[dcmx-tracing] ${level}: ${[message, ...rest].map(printable).join(" ")}\n`);
  };
}

function printable(part: unknown): string {
  if (typeof part === "string") return part;
  if (part instanceof Error) return part.message;
  try {
    return JSON.stringify(part) ?? String(part);
  } catch {
    return "[unprintable]"; // a cycle or a throwing getter
  }
}

function toStandardError(line: string): void {
  process.stderr.write(line);
}
