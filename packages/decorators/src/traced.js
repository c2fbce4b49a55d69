import { wrapFunction } from "./_wrap_function.js";
export function traced(first, second) {
    const fn = second ?? first;
    if (typeof fn !== "function") {
        throw new TypeError(`Cannot trace as 'fn' must be a function: current value is ${typeof second}`);
    }
    // With a second argument the first one is the options: the signatures allow nothing else.
    const options = second === undefined ? {} : first;
    return wrapFunction(fn, options, () => fn.name || "anonymous");
}
