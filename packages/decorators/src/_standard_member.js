import { memberName, namingByOwner } from "./_method_name.js";
import { wrapFunction } from "./_wrap_function.js";
/**
 * Traces a member for a standard decorator.
 *
 * @param value What is decorated: a function, an accessor's pair of them, or nothing for a field.
 * @param context What the decorator is told of the member.
 * @param options The options.
 * @returns What takes the member's place.
 */
export function traceStandardMember(value, context, options) {
    const wrap = (fn, suffix, slot) => wrapMember(fn, suffix, slot, context, options);
    switch (context.kind) {
        case "method":
            return wrap(value, "", "value");
        case "getter":
            return wrap(value, ".get", "get");
        case "setter":
            return wrap(value, ".set", "set");
        case "accessor": {
            // The language gives a pair for this kind.
            const { get, set } = value;
            return { get: wrap(get, ".get", "get"), set: wrap(set, ".set", "set") };
        }
        case "field":
            return (initial) => (typeof initial === "function" ? wrap(initial, "", "value") : initial);
    }
}
function wrapMember(fn, suffix, slot, context, options) {
    const key = context.private ? undefined : context.name;
    const naming = namingByOwner(key, options.className, `${memberName(context.name)}${suffix}`, (own) => own[slot] === wrapper);
    // The kind says that it is a function.
    const wrapper = wrapFunction(fn, options, naming);
    return wrapper;
}
