import { SpanStatusCode } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { formatMillis, millisBetween } from "./_duration.ts";
import type { Palette } from "./_palette.ts";
import { fit, plain, wrap } from "./_text.ts";

/** Says which attributes of a span are shown. */
export type ShowsAttribute = (key: string) => boolean;

/** Turns the option `attributes` into a question about a key; a pattern may end in `*`. */
export function attributeFilter(selection: boolean | readonly string[]): ShowsAttribute {
  if (typeof selection === "boolean") return () => selection;
  const exact = new Set(selection);
  const prefixes = selection.filter((key) => key.endsWith("*")).map((key) => key.slice(0, -1));
  return (key) => exact.has(key) || prefixes.some((prefix) => key.startsWith(prefix));
}

/** What stands below a span: its attributes, its error, its events; each line fits into the columns. */
export function detailLines(
  span: ReadableSpan,
  columns: number,
  { shows, events, palette }: { shows: ShowsAttribute; events: boolean; palette: Palette },
): string[] {
  const keys = Object.keys(span.attributes).filter(shows).sort();
  const lines = wrap(
    keys.map((key) => pair(key, span.attributes[key])),
    columns,
  ).map(palette.dim);
  const errors = errorTexts(span);
  lines.push(...errors.map((text) => palette.red(fit(`✗ ${text}`, columns))));
  if (events) {
    for (const event of span.events) {
      if (event.name === "exception") continue;
      const at = formatMillis(Math.max(0, millisBetween(span.startTime, event.time)));
      const pairs = Object.entries(event.attributes ?? {}).map(([key, value]) => pair(key, value));
      const [first = "", ...more] = wrap([`${plain(event.name)} +${at}`, ...pairs], columns - 2);
      lines.push(palette.cyan(`• ${first}`), ...more.map((line) => palette.cyan(`  ${line}`)));
    }
  }
  return lines;
}

/** The message of the status and those of recorded exceptions, each once. */
function errorTexts(span: ReadableSpan): string[] {
  const texts: string[] = [];
  for (const event of span.events) {
    if (event.name !== "exception") continue;
    const { "exception.type": type, "exception.message": message } = event.attributes ?? {};
    texts.push([type, message].filter((part) => part !== undefined && part !== "").join(": "));
  }
  const { code, message } = span.status;
  if (
    code === SpanStatusCode.ERROR &&
    message !== undefined &&
    !texts.some((text) => text.includes(message))
  ) {
    texts.push(message);
  }
  return [...new Set(texts)].filter((text) => text !== "").map(plain);
}

function pair(key: string, value: unknown): string {
  return `${plain(key)}=${plain(showValue(value))}`;
}

function showValue(value: unknown): string {
  if (typeof value === "string") return value === "" || /\s/.test(value) ? JSON.stringify(value) : value;
  if (Array.isArray(value)) return `[${value.map(showValue).join(",")}]`;
  return String(value);
}
