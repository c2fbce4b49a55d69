import { type AnyFunction, callInSpan, callUntraced, parentToCallUnder } from "@dcmx-tracing/span/kernel";
import { copyIdentity } from "./_copy_identity.ts";
import { type Naming, TracedPlan } from "./_traced_plan.ts";
import type { AnyTracedOptions } from "./traced_options.ts";

/** What every wrapper wraps: tracing a traced function again replaces its options instead of doubling its spans. */
const originals = new WeakMap<object, AnyFunction>();

/** Whether the function is a wrapper of this package. */
export function isTraced(fn: unknown): boolean {
  return typeof fn === "function" && originals.has(fn);
}

/**
 * Makes the traced form of a function. `this`, arguments, results and errors pass through unchanged.
 *
 * @param fn The function.
 * @param options The options.
 * @param naming Finds the name of the operation.
 * @returns The wrapper, which looks like the function.
 */
export function wrapFunction(fn: AnyFunction, options: AnyTracedOptions, naming: Naming): AnyFunction {
  const original = originals.get(fn) ?? fn;
  const plan = new TracedPlan(
    original,
    options,
    options.operationName === undefined ? naming : () => String(options.operationName),
  );
  const wrapper = Object.hasOwn(original, "prototype")
    ? constructible(original, plan)
    : plain(original, plan);
  // From what was given, not from the original: metadata may have been put on a former wrapper.
  copyIdentity(wrapper, fn);
  originals.set(wrapper, original);
  return wrapper;
}

/** A method has no prototype and cannot be constructed, just as what it wraps. */
function plain(fn: AnyFunction, plan: TracedPlan): AnyFunction {
  const { wrapper } = {
    wrapper(this: unknown): unknown {
      const parent = parentToCallUnder(plan);
      // biome-ignore lint/complexity/noArguments: rest parameters cost an array for every call that is not traced
      if (parent === undefined) return pass(fn, plan, this, arguments);
      if (plan.name === "") plan.findName(this);
      // biome-ignore lint/complexity/noArguments: as above
      return callInSpan(plan, parent, fn, this, arguments);
    },
  };
  return wrapper;
}

/** The same for functions that may be called with `new`. */
function constructible(fn: AnyFunction, plan: TracedPlan): AnyFunction {
  return function wrapper(this: unknown): unknown {
    const target: unknown = new.target;
    if (target !== undefined) {
      // A function with a prototype that is not a constructor, such as a generator function, throws here as always.
      // biome-ignore lint/complexity/noArguments: as above
      return Reflect.construct(fn, arguments, target === wrapper ? fn : (target as AnyFunction));
    }
    const parent = parentToCallUnder(plan);
    // biome-ignore lint/complexity/noArguments: rest parameters cost an array for every call that is not traced
    if (parent === undefined) return pass(fn, plan, this, arguments);
    if (plan.name === "") plan.findName(this);
    // biome-ignore lint/complexity/noArguments: as above
    return callInSpan(plan, parent, fn, this, arguments);
  };
}

function pass(fn: AnyFunction, plan: TracedPlan, self: unknown, args: ArrayLike<unknown>): unknown {
  if (plan.onEnd === undefined) return Reflect.apply(fn, self, args);
  if (plan.name === "") plan.findName(self);
  return callUntraced(plan, fn, self, args);
}
