import { callInSpan, callUntraced, parentToCallUnder } from "@dcmx-tracing/span/kernel";
import { copyMetadata } from "./_copy_identity.js";
import { namingByTarget } from "./_method_name.js";
import { TracedPlan } from "./_traced_plan.js";
/**
 * Makes a class whose construction is traced: a Proxy, as only that keeps statics, name and `instanceof`.
 *
 * @param target The class.
 * @param options How it is traced; a result is not recorded.
 * @returns The Proxy, with the metadata of the class.
 */
export function tracedConstructor(target, options) {
    const { includeResult: _none, ...rest } = options;
    const naming = namingByTarget(target, options.className, "constructor");
    const plan = new TracedPlan(target, rest, naming);
    const traced = new Proxy(target, {
        construct(_target, args, newTarget) {
            // In an array, so that an instance that is thenable or iterable is not taken for a result to be consumed.
            const make = (...given) => [
                Reflect.construct(target, given, newTarget),
            ];
            const parent = parentToCallUnder(plan);
            if (plan.name === "")
                plan.findName(target);
            const made = parent === undefined
                ? callUntraced(plan, make, undefined, args)
                : callInSpan(plan, parent, make, undefined, args);
            return made[0]; // the kernel returns what the function returned
        },
    });
    copyMetadata(traced, target);
    Object.defineProperty(target.prototype, "constructor", {
        value: traced,
        writable: true,
        configurable: true,
    });
    return traced;
}
