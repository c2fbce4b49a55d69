import { captureValue } from "./_capture_value.js";
import { parameterNames } from "./_parameter_names.js";
import { readPath } from "./_read_path.js";
const ARGS = "code.args";
const RESULT = "code.result";
/** Makes what records the arguments, or `undefined` if none are to be recorded. */
export function argsCapture(fn, options, limits) {
    const { includeArgs } = options;
    if (includeArgs === undefined || includeArgs === false)
        return undefined;
    if (typeof includeArgs === "function") {
        return (span, self, args) => {
            const parts = Reflect.apply(includeArgs, self, args);
            if (typeof parts === "object" && parts !== null)
                span.setAttributes(fieldsUnder(ARGS, parts, limits));
        };
    }
    if (includeArgs === true)
        return everyArgument(fn, limits);
    return namedArguments(fn, includeArgs, limits);
}
/** Makes what records the result, or `undefined` if it is not to be recorded. */
export function resultCapture(options, limits) {
    const { includeResult } = options;
    if (includeResult === undefined || includeResult === false)
        return undefined;
    if (includeResult === true)
        return (result, span) => put(span, RESULT, result, limits);
    if (typeof includeResult === "function") {
        return (result, span) => {
            const part = includeResult(result);
            if (isPlain(part))
                span.setAttributes(fieldsUnder(RESULT, part, limits));
            else
                put(span, RESULT, part, limits);
        };
    }
    const paths = includeResult.map((path) => path.split("."));
    return (result, span) => {
        for (const path of paths)
            put(span, `${RESULT}.${path.join(".")}`, readPath(result, path), limits);
    };
}
function put(span, key, value, limits) {
    const captured = captureValue(value, limits);
    if (captured !== undefined)
        span.setAttribute(key, captured);
}
function fieldsUnder(prefix, fields, limits) {
    const attributes = {};
    for (const [key, value] of Object.entries(fields).slice(0, limits.keys)) {
        attributes[`${prefix}.${key}`] = captureValue(value, limits);
    }
    return attributes;
}
function isPlain(value) {
    return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
// The source of a function is read at its first recorded call: most functions of a program are never called.
function everyArgument(fn, limits) {
    let parameters;
    let keys = [];
    return (span, _self, args) => {
        if (parameters === undefined) {
            parameters = parameterNames(fn);
            keys = parameters.map(({ name }, i) => `${ARGS}.${name ?? i}`);
        }
        for (let i = 0; i < args.length && i < limits.keys; i++) {
            const key = keys[i] ?? `${ARGS}.${i}`;
            if (parameters[i]?.rest === true) {
                put(span, key, Array.prototype.slice.call(args, i), limits);
                return;
            }
            put(span, key, args[i], limits);
        }
    };
}
function namedArguments(fn, names, limits) {
    let places;
    return (span, _self, args) => {
        places ??= findPlaces(parameterNames(fn), names);
        for (const { key, index, rest, path } of places) {
            const value = rest ? Array.prototype.slice.call(args, index) : args[index];
            put(span, key, path.length === 0 ? value : readPath(value, path), limits);
        }
    };
}
function findPlaces(parameters, names) {
    return names.map((each) => {
        const [first = "", ...path] = each.split(".");
        const named = parameters.findIndex(({ name }) => name === first);
        const index = named === -1 && /^\d+$/.test(first) ? Number(first) : named;
        return { key: `${ARGS}.${each}`, index, rest: parameters[index]?.rest === true, path };
    });
}
