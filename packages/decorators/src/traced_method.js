import { isStandardContext } from "./_decorator_context.js";
import { traceLegacyMember } from "./_legacy_member.js";
import { traceStandardMember } from "./_standard_member.js";
export function tracedMethod(...given) {
    if (given.length >= 2)
        return decorate({}, given);
    // With a single argument only the first signature is left.
    const options = (given[0] ?? {});
    return (...args) => decorate(options, args);
}
function decorate(options, args) {
    const [value, second, descriptor] = args;
    if (isStandardContext(second))
        return traceStandardMember(value, second, options);
    // What is not standard is legacy: a prototype or class, a name and, except for fields, a descriptor.
    traceLegacyMember(value, second, descriptor, options);
    return undefined;
}
