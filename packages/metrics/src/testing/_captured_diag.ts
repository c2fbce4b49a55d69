import { DiagLogLevel, diag } from "@opentelemetry/api";
import { forgetSaid } from "../_say_once.ts";

/** What was said to the diagnostic logger of OpenTelemetry since the start of a test. */
export interface CapturedDiag {
  readonly lines: string[];
  stop(): void;
}

/** Captures warnings and errors; causes that were said before may be said again. */
export function captureDiag(): CapturedDiag {
  forgetSaid();
  const lines: string[] = [];
  const take = (message: string, ...rest: unknown[]): void => {
    // A component logger passes its name first.
    lines.push([message, ...rest].map(String).slice(-1).join(" "));
  };
  const ignore = (): void => undefined;
  diag.setLogger(
    { error: take, warn: take, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  return { lines, stop: () => diag.disable() };
}
