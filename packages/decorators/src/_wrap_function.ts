// biome-ignore-all lint/complexity/noArguments: rest parameters cost an array for every call that is not traced
import {
  type AnyFunction,
  callGenerator,
  callInSpan,
  callUntraced,
  callWithCallback,
  parentToCallUnder,
} from "@dcmx-tracing/span/kernel";
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
  const { operationName } = options;
  const plan = new TracedPlan(original, options, operationName === undefined ? naming : () => operationName);
  const wrapper = makeWrapper(original, plan, options);
  // From what was given, not from the original: metadata may have been put on a former wrapper.
  copyIdentity(wrapper, fn);
  originals.set(wrapper, original);
  return wrapper;
}

function makeWrapper(fn: AnyFunction, plan: TracedPlan, options: AnyTracedOptions): AnyFunction {
  const { callback } = options;
  if (callback !== undefined && callback !== false) return takingCallback(fn, plan, callback);
  if (isGeneratorFunction(fn)) return generating(fn, plan);
  return Object.hasOwn(fn, "prototype") ? constructible(fn, plan) : plain(fn, plan);
}

/** A method has no prototype and cannot be constructed, just as what it wraps. */
function plain(fn: AnyFunction, plan: TracedPlan): AnyFunction {
  const untimed = plan.onEnd === undefined;
  const { wrapper } = {
    wrapper(this: unknown): unknown {
      const parent = parentToCallUnder(plan);
      if (parent === undefined && untimed) return Reflect.apply(fn, this, arguments);
      if (plan.name === "") plan.findName(this);
      if (parent === undefined) return callUntraced(plan, fn, this, arguments);
      return callInSpan(plan, parent, fn, this, arguments);
    },
  };
  return wrapper;
}

/** The same for functions that may be called with `new`. */
function constructible(fn: AnyFunction, plan: TracedPlan): AnyFunction {
  const untimed = plan.onEnd === undefined;
  return function wrapper(this: unknown): unknown {
    const target: unknown = new.target;
    if (target !== undefined) {
      // new.target is a constructor by definition.
      return Reflect.construct(fn, arguments, target === wrapper ? fn : (target as AnyFunction));
    }
    const parent = parentToCallUnder(plan);
    if (parent === undefined && untimed) return Reflect.apply(fn, this, arguments);
    if (plan.name === "") plan.findName(this);
    if (parent === undefined) return callUntraced(plan, fn, this, arguments);
    return callInSpan(plan, parent, fn, this, arguments);
  };
}

/** For generator functions, whose work begins with the first `next`. */
function generating(fn: AnyFunction, plan: TracedPlan): AnyFunction {
  const { wrapper } = {
    wrapper(this: unknown, ...args: unknown[]): unknown {
      const parent = parentToCallUnder(plan);
      if (parent === undefined && plan.onEnd === undefined) return Reflect.apply(fn, this, args);
      if (plan.name === "") plan.findName(this);
      if (parent === undefined) return callUntraced(plan, fn, this, args);
      return callGenerator(plan, parent, fn, this, args);
    },
  };
  return wrapper;
}

/** For functions that give their result to a callback. */
function takingCallback(fn: AnyFunction, plan: TracedPlan, callback: true | number): AnyFunction {
  const { wrapper } = {
    wrapper(this: unknown, ...args: unknown[]): unknown {
      const parent = parentToCallUnder(plan);
      if (parent === undefined && plan.onEnd === undefined) return Reflect.apply(fn, this, args);
      if (plan.name === "") plan.findName(this);
      return callWithCallback(plan, parent, fn, this, args, callback === true ? args.length - 1 : callback);
    },
  };
  return wrapper;
}

function isGeneratorFunction(fn: AnyFunction): boolean {
  const prototype: unknown = Object.getPrototypeOf(fn);
  return prototype === GENERATOR_FUNCTION || prototype === ASYNC_GENERATOR_FUNCTION;
}

const GENERATOR_FUNCTION: unknown = Object.getPrototypeOf(function* () {});
const ASYNC_GENERATOR_FUNCTION: unknown = Object.getPrototypeOf(async function* () {});
