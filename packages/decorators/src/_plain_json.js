import { isProxy } from "./_platform_types.js";
import { quote, quotedKey } from "./_quote.js";
/**
 * Writes a small plain object or array as JSON, at the cost of JSON.stringify() but without running any code of the
 * object: only plain objects and arrays with data properties, and only primitives that JSON knows.
 *
 * @param object The object.
 * @param limits Bounds of the text.
 * @returns The text, or `undefined` if the object is not as simple as that or too large.
 */
export function plainJson(object, limits) {
    const text = write(object, limits, limits.depth);
    return text !== undefined && text.length <= limits.characters ? text : undefined;
}
function write(object, limits, depth) {
    if (depth === 0 || isProxy(object))
        return undefined;
    const prototype = Object.getPrototypeOf(object);
    if (prototype === Array.prototype)
        return writeArray(object, limits, depth); // Proxies are out
    if (prototype !== Object.prototype)
        return undefined;
    let text = "";
    let keys = 0;
    // for-in with a descriptor for each key costs what JSON.stringify() does; Object.keys() would be three times that.
    for (const key in object) {
        const own = Object.getOwnPropertyDescriptor(object, key);
        if (own === undefined)
            continue; // inherited
        if (own.get !== undefined || own.set !== undefined || ++keys > limits.keys)
            return undefined;
        const value = writeValue(own.value, limits, depth);
        if (value === undefined || text.length > limits.characters)
            return undefined;
        text += keys === 1 ? quotedKey(key) + value : `,${quotedKey(key)}${value}`;
    }
    return `{${text}}`;
}
function writeArray(array, limits, depth) {
    if (array.length > limits.keys)
        return undefined;
    let text = "";
    for (let i = 0; i < array.length; i++) {
        const own = Object.getOwnPropertyDescriptor(array, i);
        const value = own?.get === undefined ? writeValue(own?.value, limits, depth) : undefined;
        if (value === undefined || text.length > limits.characters)
            return undefined;
        text += i === 0 ? value : `,${value}`;
    }
    return `[${text}]`;
}
function writeValue(value, limits, depth) {
    if (typeof value === "string")
        return value.length > limits.characters ? undefined : quote(value);
    if (typeof value === "number")
        return Number.isFinite(value) ? String(value) : undefined;
    if (typeof value === "boolean" || value === null)
        return String(value);
    return typeof value === "object" ? write(value, limits, depth - 1) : undefined;
}
