/**
 * Reads a path such as `order.price` out of a value. A getter on the way is asked, as the path was named by the
 * user; one that throws ends the path.
 *
 * @param value Where the path begins.
 * @param path The keys.
 * @returns What is there, or `undefined`.
 */
export function readPath(value, path) {
    let at = value;
    try {
        for (const key of path) {
            if (at === null || at === undefined)
                return undefined;
            // Any value that is not nullish may be asked for any key.
            at = at instanceof Map ? at.get(key) : at[key];
        }
    }
    catch {
        return undefined;
    }
    return at;
}
