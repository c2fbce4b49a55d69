/**
 * Describes objects that are more than their fields, with the built-in functions only, so that no code of the object
 * runs: what a subclass has overridden is not asked.
 *
 * @param object An object that is neither plain nor an array nor a known Proxy.
 * @param limits Bounds of how much of a collection is looked at.
 * @returns A text, an array or plain object to be written in its place, or `undefined` if its own fields say it.
 */
export function describeObject(object, limits) {
    for (const describe of DESCRIPTIONS) {
        const described = describe(object, limits);
        if (described !== undefined)
            return described;
    }
    return undefined;
}
/** Bytes that are written out; a hash or a key has 32. */
const SHOWN_BYTES = 64;
const DESCRIPTIONS = [
    (object) => (object instanceof Date ? dateText(object) : undefined),
    (object) => (ArrayBuffer.isView(object) ? bytesText(object) : undefined),
    (object) => (object instanceof ArrayBuffer ? bytesText(new Uint8Array(object)) : undefined),
    (object, limits) => (object instanceof Map ? mapFields(object, limits) : undefined),
    (object, limits) => object instanceof Set ? take(Set.prototype.values.call(object), limits.keys) : undefined,
    (object) => (object instanceof Error ? errorFields(object) : undefined),
    (object) => (typeof URL === "function" && object instanceof URL ? urlText(object) : undefined),
    (object) => (object instanceof RegExp ? RegExp.prototype.toString.call(object) : undefined),
    (object) => (object instanceof Promise ? "[Promise]" : undefined),
    (object) => (object instanceof WeakMap || object instanceof WeakSet ? "[weak collection]" : undefined),
    (object) => (object instanceof String ? String.prototype.valueOf.call(object) : undefined),
    (object) => (object instanceof Number ? String(Number.prototype.valueOf.call(object)) : undefined),
    (object) => (object instanceof Boolean ? String(Boolean.prototype.valueOf.call(object)) : undefined),
];
function dateText(date) {
    const time = Date.prototype.getTime.call(date);
    return Number.isNaN(time) ? "Invalid Date" : new Date(time).toISOString();
}
function bytesText(view) {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, Math.min(view.byteLength, SHOWN_BYTES));
    let text = "0x";
    for (const byte of bytes)
        text += byte.toString(16).padStart(2, "0");
    return view.byteLength > SHOWN_BYTES ? `${text}… (${view.byteLength} bytes)` : text;
}
function mapFields(map, limits) {
    // One more than is shown, so that the writer sees that something was left out.
    const entries = take(Map.prototype.entries.call(map), limits.keys);
    // A prototype of null: a key such as __proto__ is a key like any other.
    const fields = Object.create(null);
    for (const [key, value] of entries)
        fields[typeof key === "object" ? "[object]" : String(key)] = value;
    return fields;
}
function take(items, max) {
    const taken = [];
    for (const item of items)
        if (taken.push(item) > max)
            break;
    return taken;
}
function errorFields(error) {
    return { name: inherited(error, "name"), message: inherited(error, "message") };
}
/** A data property of the object or its prototypes. */
function inherited(object, key) {
    for (let at = object; at !== null; at = Object.getPrototypeOf(at)) {
        const own = Object.getOwnPropertyDescriptor(at, key);
        if (own !== undefined)
            return own.value;
    }
    return undefined;
}
function urlText(url) {
    const copy = new URL(hrefOf(url));
    if (copy.username !== "" || copy.password !== "") {
        copy.username = "***";
        copy.password = "";
    }
    return copy.href;
}
/** The built-in getter, whatever a subclass has put over it. */
function hrefOf(url) {
    return String(Object.getOwnPropertyDescriptor(URL.prototype, "href")?.get?.call(url));
}
