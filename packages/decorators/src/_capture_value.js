import { describeObject } from "./_describe_object.js";
import { plainJson } from "./_plain_json.js";
import { isProxy } from "./_platform_types.js";
import { quote, quotedKey } from "./_quote.js";
/**
 * Turns any value into an attribute: primitives stay what they are, everything else becomes JSON text. Never throws,
 * never changes the value, and runs no code of it: getters and Proxies are named, not asked; `toJSON` and `toString`
 * are not called.
 *
 * @param value Anything.
 * @param limits Bounds of the text.
 * @returns The attribute value; `undefined` for `undefined`.
 */
export function captureValue(value, limits) {
    if (typeof value === "number" || typeof value === "boolean")
        return value;
    if (typeof value === "string")
        return clip(value, limits.characters);
    if (value === undefined)
        return undefined;
    if (typeof value !== "object")
        return clip(primitiveText(value), limits.characters);
    if (value === null)
        return "null";
    const simple = plainJson(value, limits);
    if (simple !== undefined)
        return simple;
    const writer = { limits, left: limits.characters, above: [] };
    const text = objectText(value, writer);
    // A single word, such as a date or bytes, needs no quotes around it.
    const isWord = text.startsWith('"') && text.length < limits.characters;
    return isWord ? String(JSON.parse(text)) : clip(text, limits.characters);
}
function write(value, writer) {
    if (writer.left <= 0)
        return '"…"';
    if (typeof value === "object" && value !== null)
        return objectText(value, writer);
    const text = primitiveJson(value, writer.left);
    writer.left -= text.length;
    return text;
}
function primitiveJson(value, left) {
    if (typeof value === "string")
        return quote(value.length > left ? clip(value, left) : value);
    if (typeof value === "number")
        return Number.isFinite(value) ? String(value) : `"${value}"`;
    if (typeof value === "boolean" || value === null)
        return String(value);
    return quote(clip(primitiveText(value), left));
}
function objectText(object, writer) {
    try {
        if (isProxy(object))
            return word("[Proxy]", writer);
        if (writer.above.includes(object))
            return word("[circular]", writer);
        if (writer.above.length >= writer.limits.depth)
            return word(Array.isArray(object) ? "[array]" : "[object]", writer);
        writer.above.push(object);
        try {
            const prototype = Object.getPrototypeOf(object);
            if (prototype === Object.prototype || prototype === null)
                return fieldsText(object, writer);
            if (Array.isArray(object))
                return arrayText(object, writer);
            return describedText(object, writer);
        }
        finally {
            writer.above.pop();
        }
    }
    catch {
        return word("[unreadable]", writer); // a Proxy, in a runtime that cannot tell
    }
}
function describedText(object, writer) {
    const described = describeObject(object, writer.limits);
    if (described === undefined)
        return fieldsText(object, writer);
    if (typeof described === "string")
        return word(described, writer);
    return Array.isArray(described) ? arrayText(described, writer) : fieldsText(described, writer);
}
function arrayText(array, writer) {
    const shown = Math.min(array.length, writer.limits.keys);
    let text = "[";
    for (let i = 0; i < shown && writer.left > 0; i++) {
        text += `${i === 0 ? "" : ","}${write(dataOf(Object.getOwnPropertyDescriptor(array, i)), writer)}`;
        writer.left -= 1;
    }
    const more = array.length > shown || writer.left <= 0 ? `${shown === 0 ? "" : ","}"…"` : "";
    return `${text}${more}]`;
}
function fieldsText(object, writer) {
    let text = "{";
    let count = 0;
    // With a descriptor for each key, for-in costs what JSON.stringify does; Object.keys() would be three times that.
    for (const key in object) {
        const own = Object.getOwnPropertyDescriptor(object, key);
        if (own === undefined)
            continue; // inherited
        if (count > 0)
            text += ",";
        if (count++ === writer.limits.keys || writer.left <= 0)
            return `${text}"…":"…"}`;
        const name = quotedKey(key);
        writer.left -= name.length;
        text += name + write(dataOf(own), writer);
    }
    return `${text}}`;
}
const GETTER = Symbol("getter");
/** The value of a data property; asking an accessor would run the owner's code. */
function dataOf(own) {
    if (own === undefined)
        return undefined;
    return own.get === undefined && own.set === undefined ? own.value : GETTER;
}
function primitiveText(value) {
    if (value === GETTER)
        return "[getter]";
    if (typeof value === "function")
        return "[function]";
    return String(value); // undefined, bigint, symbol: none of them runs anybody's code
}
function word(text, writer) {
    const quoted = quote(clip(text, Math.max(writer.left, 16)));
    writer.left -= quoted.length;
    return quoted;
}
function clip(text, max) {
    return text.length > max ? `${text.slice(0, Math.max(max - 1, 0))}…` : text;
}
