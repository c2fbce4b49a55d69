import { isStandardContext } from "./_decorator_context.js";
import { markFunction, markMember } from "./_untraced_marks.js";
export function untraced(...given) {
    if (given.length >= 2)
        return mark(given);
    return (...args) => mark(args);
}
function mark([value, second, descriptor]) {
    if (isStandardContext(second)) {
        markFunction(value);
        return;
    }
    // What is not standard is legacy: a prototype or class, a name and a descriptor.
    markMember(value, second);
    for (const fn of Object.values((descriptor ?? {})))
        markFunction(fn);
}
