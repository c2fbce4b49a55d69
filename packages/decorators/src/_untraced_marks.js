/** The functions and members that `@untraced()` keeps out of `@tracedClass()`. */
const functions = new WeakSet();
const members = new WeakMap();
/** Marks a function. */
export function markFunction(fn) {
    if (typeof fn === "function")
        functions.add(fn);
}
/** Marks a member of a prototype or class: it stays marked when another decorator replaces its function. */
export function markMember(target, key) {
    const marked = members.get(target);
    if (marked === undefined)
        members.set(target, new Set([key]));
    else
        marked.add(key);
}
/** Whether a member is marked, in either way. */
export function isUntraced(target, key, fn) {
    return members.get(target)?.has(key) === true || (typeof fn === "function" && functions.has(fn));
}
