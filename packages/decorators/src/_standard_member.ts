import type { AnyFunction } from "@dcmx-tracing/span/kernel";
import type { MemberContext } from "./_decorator_context.ts";
import { memberName, namingByOwner } from "./_method_name.ts";
import { wrapFunction } from "./_wrap_function.ts";
import type { AnyTracedOptions } from "./traced_options.ts";

/** The two functions of an `accessor` member. */
interface AccessorPair {
  readonly get: AnyFunction;
  readonly set: AnyFunction;
}

/**
 * Traces a member for a standard decorator.
 *
 * @param value What is decorated: a function, an accessor's pair of them, or nothing for a field.
 * @param context What the decorator is told of the member.
 * @param options The options.
 * @returns What takes the member's place.
 */
export function traceStandardMember(
  value: unknown,
  context: MemberContext,
  options: AnyTracedOptions,
): unknown {
  const wrap = (fn: unknown, suffix: string, slot: "value" | "get" | "set"): AnyFunction =>
    wrapMember(fn, suffix, slot, context, options);
  switch (context.kind) {
    case "method":
      return wrap(value, "", "value");
    case "getter":
      return wrap(value, ".get", "get");
    case "setter":
      return wrap(value, ".set", "set");
    case "accessor": {
      // The language gives a pair for this kind.
      const { get, set } = value as AccessorPair;
      return { get: wrap(get, ".get", "get"), set: wrap(set, ".set", "set") };
    }
    case "field":
      return (initial: unknown) => (typeof initial === "function" ? wrap(initial, "", "value") : initial);
  }
}

function wrapMember(
  fn: unknown,
  suffix: string,
  slot: "value" | "get" | "set",
  context: MemberContext,
  options: AnyTracedOptions,
): AnyFunction {
  const key = context.private ? undefined : context.name;
  const naming = namingByOwner(
    key,
    options.className,
    `${memberName(context.name)}${suffix}`,
    (own) => own[slot] === wrapper,
  );
  // The kind says that it is a function.
  const wrapper: AnyFunction = wrapFunction(fn as AnyFunction, options, naming);
  return wrapper;
}
