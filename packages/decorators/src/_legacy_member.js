import { memberName, namingByTarget } from "./_method_name.js";
import { wrapFunction } from "./_wrap_function.js";
/**
 * Traces a member for a legacy decorator: the functions in its descriptor are replaced.
 *
 * @param target The prototype, or the class for a static member.
 * @param key Name of the member.
 * @param descriptor The member; it is changed in place, which every compiler honours.
 * @param options The options.
 * @throws TypeError for a field, which is not on the prototype.
 */
export function traceLegacyMember(target, key, descriptor, options) {
    const member = memberName(key);
    const wrap = (fn, suffix) => wrapFunction(fn, options, namingByTarget(target, options.className, `${member}${suffix}`));
    if (typeof descriptor?.value === "function")
        descriptor.value = wrap(descriptor.value, "");
    else if (descriptor?.get !== undefined || descriptor?.set !== undefined) {
        // Getters take no and setters take one argument, which is all that AnyFunction is about here.
        if (descriptor.get !== undefined)
            descriptor.get = wrap(descriptor.get, ".get");
        if (descriptor.set !== undefined)
            descriptor.set = wrap(descriptor.set, ".set");
    }
    else {
        throw new TypeError(`Cannot trace '${member}' as a legacy decorator must be on a method or accessor: it is a field; ` +
            "use traced() on its value");
    }
}
