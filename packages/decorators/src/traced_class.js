import { traceMembers } from "./_trace_members.js";
import { tracedConstructor } from "./_traced_constructor.js";
export function tracedClass(first) {
    if (typeof first === "function")
        return traceClass(first, {});
    return (target) => traceClass(target, first ?? {});
}
function traceClass(target, options) {
    if (typeof target !== "function" || typeof target.prototype !== "object") {
        throw new TypeError(`Cannot trace as @tracedClass() must be on a class: current value is ${typeof target}`);
    }
    const { include, exclude, statics = true, accessors = false, construct = false, ...rest } = options;
    // The options of any method; which one's arguments they are about cannot be known here.
    const shared = rest;
    const selection = { include, exclude, accessors };
    traceMembers(target.prototype, selection, shared);
    if (statics)
        traceMembers(target, selection, shared);
    return construct ? tracedConstructor(target, shared) : undefined;
}
