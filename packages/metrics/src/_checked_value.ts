import type { InstrumentKind } from "@dcmx-tracing/conventions";
import { countRefusal } from "./_self_counts.ts";
import { state } from "./_state.ts";

/**
 * Lets a value through that an instrument can take, converted to its unit; refuses all others, counted and said
 * once. NaN and the infinities would spoil a sum for ever; a counter cannot go down.
 *
 * @returns The value to record, or undefined when it was refused.
 */
export function checkedValue(
  value: unknown,
  factor: number,
  kind: InstrumentKind,
  name: string,
): number | undefined {
  const number = typeof value === "bigint" ? Number(value) : value;
  if (typeof number !== "number") return refuse(name, "not_a_number", `${typeof value} is not a number`);
  const converted = number * factor;
  if (!Number.isFinite(converted)) return refuse(name, "not_finite", `${number} is not a finite number`);
  if (converted < 0 && (kind === "counter" || kind === "histogram")) {
    return refuse(name, "negative", `a ${kind} takes no negative value: current value is ${number}`);
  }
  return converted;
}

function refuse(name: string, reason: "not_a_number" | "not_finite" | "negative", why: string): undefined {
  countRefusal(state.counts, name, reason, `Cannot record '${name}' as ${why}`);
  return undefined;
}
