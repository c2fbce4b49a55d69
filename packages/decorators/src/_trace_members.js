import { traceLegacyMember } from "./_legacy_member.js";
import { isUntraced } from "./_untraced_marks.js";
import { isTraced } from "./_wrap_function.js";
/** What every class has as a static or prototype member without having declared it. */
const BUILT_IN = new Set(["constructor", "length", "name", "prototype"]);
/**
 * Traces the selected own members of a prototype or class.
 *
 * @param target The prototype, or the class for its static members.
 * @param selection Which members.
 * @param options How.
 */
export function traceMembers(target, selection, options) {
    for (const key of Reflect.ownKeys(target)) {
        const own = Object.getOwnPropertyDescriptor(target, key);
        if (own === undefined || !own.configurable || BUILT_IN.has(key))
            continue;
        if (!isSelected(key, own, selection) || !isTraceable(target, key, own))
            continue;
        traceLegacyMember(target, key, own, options);
        Object.defineProperty(target, key, own);
    }
}
function isSelected(key, own, selection) {
    const { include, exclude, accessors } = selection;
    if (exclude !== undefined && matches(exclude, key))
        return false;
    if (include !== undefined)
        return matches(include, key);
    // Symbols are called by the language, such as Symbol.iterator, and seldom are an operation of their own.
    return typeof key === "string" && (accessors || typeof own.value === "function");
}
function matches(selection, key) {
    return typeof selection === "function" ? selection(key) : selection.includes(key);
}
function isTraceable(target, key, own) {
    const functions = [own.value, own.get, own.set].filter((each) => typeof each === "function");
    if (functions.length === 0)
        return false;
    return functions.every((fn) => !isTraced(fn) && !isUntraced(target, key, fn) && !isClass(fn));
}
/** A class that is held by a static member is not a method. */
function isClass(fn) {
    return /^class\b/.test(Function.prototype.toString.call(fn));
}
