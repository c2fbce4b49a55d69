// biome-ignore-all lint/complexity/noArguments: rest parameters cost an array for every call that is not traced
import { callGenerator, callInSpan, callUntraced, callWithCallback, parentToCallUnder, } from "@dcmx-tracing/span/kernel";
import { copyIdentity } from "./_copy_identity.js";
import { TracedPlan } from "./_traced_plan.js";
/** What every wrapper wraps: tracing a traced function again replaces its options instead of doubling its spans. */
const originals = new WeakMap();
/** Whether the function is a wrapper of this package. */
export function isTraced(fn) {
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
export function wrapFunction(fn, options, naming) {
    const original = originals.get(fn) ?? fn;
    const { operationName } = options;
    const plan = new TracedPlan(original, options, operationName === undefined ? naming : () => operationName);
    const wrapper = makeWrapper(original, plan, options);
    // From what was given, not from the original: metadata may have been put on a former wrapper.
    copyIdentity(wrapper, fn);
    originals.set(wrapper, original);
    return wrapper;
}
function makeWrapper(fn, plan, options) {
    const { callback } = options;
    if (callback !== undefined && callback !== false)
        return takingCallback(fn, plan, callback);
    if (isGeneratorFunction(fn))
        return generating(fn, plan);
    return Object.hasOwn(fn, "prototype") ? constructible(fn, plan) : plain(fn, plan);
}
/** A method has no prototype and cannot be constructed, just as what it wraps. */
function plain(fn, plan) {
    const untimed = plan.onEnd === undefined;
    const { wrapper } = {
        wrapper() {
            const parent = parentToCallUnder(plan);
            if (parent === undefined && untimed)
                return Reflect.apply(fn, this, arguments);
            if (plan.name === "")
                plan.findName(this);
            if (parent === undefined)
                return callUntraced(plan, fn, this, arguments);
            return callInSpan(plan, parent, fn, this, arguments);
        },
    };
    return wrapper;
}
/** The same for functions that may be called with `new`. */
function constructible(fn, plan) {
    const untimed = plan.onEnd === undefined;
    return function wrapper() {
        const target = new.target;
        if (target !== undefined) {
            // new.target is a constructor by definition.
            return Reflect.construct(fn, arguments, target === wrapper ? fn : target);
        }
        const parent = parentToCallUnder(plan);
        if (parent === undefined && untimed)
            return Reflect.apply(fn, this, arguments);
        if (plan.name === "")
            plan.findName(this);
        if (parent === undefined)
            return callUntraced(plan, fn, this, arguments);
        return callInSpan(plan, parent, fn, this, arguments);
    };
}
/** For generator functions, whose work begins with the first `next`. */
function generating(fn, plan) {
    const { wrapper } = {
        wrapper(...args) {
            const parent = parentToCallUnder(plan);
            if (parent === undefined && plan.onEnd === undefined)
                return Reflect.apply(fn, this, args);
            if (plan.name === "")
                plan.findName(this);
            if (parent === undefined)
                return callUntraced(plan, fn, this, args);
            return callGenerator(plan, parent, fn, this, args);
        },
    };
    return wrapper;
}
/** For functions that give their result to a callback. */
function takingCallback(fn, plan, callback) {
    const { wrapper } = {
        wrapper(...args) {
            const parent = parentToCallUnder(plan);
            if (parent === undefined && plan.onEnd === undefined)
                return Reflect.apply(fn, this, args);
            if (plan.name === "")
                plan.findName(this);
            return callWithCallback(plan, parent, fn, this, args, callback === true ? args.length - 1 : callback);
        },
    };
    return wrapper;
}
function isGeneratorFunction(fn) {
    const prototype = Object.getPrototypeOf(fn);
    return prototype === GENERATOR_FUNCTION || prototype === ASYNC_GENERATOR_FUNCTION;
}
const GENERATOR_FUNCTION = Object.getPrototypeOf(function* () { });
const ASYNC_GENERATOR_FUNCTION = Object.getPrototypeOf(async function* () { });
