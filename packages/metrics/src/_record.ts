import type { InstrumentKind } from "@dcmx-tracing/conventions";
import type { Attributes } from "@opentelemetry/api";
import { checkedValue } from "./_checked_value.ts";
import { recorderOf } from "./_recorder.ts";
import { sayOnce } from "./_say_once.ts";

/** The one path of all record functions: find the metric, check the value, record; never throws. */
export function record(
  kind: InstrumentKind,
  name: string,
  value: unknown,
  attributes: Attributes | undefined,
): void {
  try {
    const named = recorderOf(name, kind);
    if (named === undefined) return;
    const checked = checkedValue(value, named.factor, kind, name);
    if (checked !== undefined) named.recorder.record(checked, attributes);
  } catch (error) {
    // Attributes with throwing getters, or a foreign MeterProvider that throws.
    sayOnce(`record ${name}`, `Could not record '${name}': ${String(error)}`);
  }
}
