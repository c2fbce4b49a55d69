import type { HrTime } from "@opentelemetry/api";

/** The milliseconds from one time to another. */
export function millisBetween(from: HrTime, to: HrTime): number {
  return (to[0] - from[0]) * 1e3 + (to[1] - from[1]) / 1e6;
}

/** A duration with three significant digits and the unit that suits it, in at most eight columns below a year. */
export function formatMillis(millis: number): string {
  if (millis < 1) return `${Math.round(millis * 1e3)} µs`;
  if (millis < 999.5) return `${digits(millis)} ms`;
  // 59,995 ms would be rounded to "60.0 s".
  if (millis < 59_950) return `${digits(millis / 1e3)} s`;
  const seconds = Math.round(millis / 1e3);
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${twoDigits(seconds % 60)}s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)}h ${twoDigits(minutes % 60)}m`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

function digits(value: number): string {
  const decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return value.toFixed(decimals);
}
