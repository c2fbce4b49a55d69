/**
 * Makes a wrapper look like the function that it wraps: name, length, own properties, prototype, class (an async
 * function stays one for those who look) and metadata, where frameworks keep routes, guards and types.
 *
 * @param wrapper The wrapper.
 * @param fn What it wraps.
 */
export function copyIdentity(wrapper, fn) {
    for (const key of Reflect.ownKeys(fn)) {
        const own = Object.getOwnPropertyDescriptor(fn, key);
        // `arguments` and `caller` of sloppy functions cannot be defined: Reflect says so instead of throwing.
        if (own !== undefined)
            Reflect.defineProperty(wrapper, key, own);
    }
    if (!Object.hasOwn(fn, "toString")) {
        // Injectors such as awilix read the names of parameters from the source.
        const value = () => Function.prototype.toString.call(fn);
        Object.defineProperty(wrapper, "toString", { value, writable: true, configurable: true });
    }
    const prototype = Object.getPrototypeOf(fn);
    if (prototype !== Function.prototype)
        Object.setPrototypeOf(wrapper, prototype);
    copyMetadata(wrapper, fn);
}
/** Copies what `reflect-metadata` knows of one object to another, if that library is there. */
export function copyMetadata(wrapper, fn) {
    // reflect-metadata adds these to Reflect; the fields are optional because it may not be there.
    const { getOwnMetadataKeys, getOwnMetadata, defineMetadata } = Reflect;
    if (getOwnMetadataKeys === undefined || getOwnMetadata === undefined)
        return;
    for (const key of getOwnMetadataKeys(fn))
        defineMetadata?.(key, getOwnMetadata(key, fn), wrapper);
}
