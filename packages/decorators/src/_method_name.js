/** Name of a member: symbols by their description. */
export function memberName(key) {
    return typeof key === "symbol" ? (key.description ?? "symbol") : key;
}
/**
 * The name `Class.member` for a legacy decorator, which knows the class.
 *
 * @param target The prototype, or the class for a static member.
 * @param className Stands for the class's name.
 * @param member Name of the member.
 */
export function namingByTarget(target, className, member) {
    // Asked at the first call: a class expression may get its name after its decorators have run.
    return () => qualified(className ?? classNameOf(target), member);
}
/**
 * The name `Class.member` for a standard decorator, which does not know the class: it is the one in the prototype
 * chain of `this` that has the member, so that an inherited method is named after the class that wrote it.
 *
 * @param key Name of the property; `undefined` for a private member, which no object shows.
 * @param className Stands for the class's name.
 * @param member Name of the member in the span's name.
 * @param holds Whether the descriptor holds the wrapper.
 */
export function namingByOwner(key, className, member, holds) {
    return (self) => {
        if (className !== undefined)
            return qualified(className, member);
        const owner = typeof self === "object" || typeof self === "function" ? ownerOf(self, key, holds) : undefined;
        return qualified(owner === undefined ? undefined : classNameOf(owner), member);
    };
}
function ownerOf(self, key, holds) {
    let found;
    for (let at = self; at !== null; at = Object.getPrototypeOf(at)) {
        const own = key === undefined ? undefined : Object.getOwnPropertyDescriptor(at, key);
        if (own === undefined)
            continue;
        if (holds(own))
            return at;
        // Another decorator has wrapped the wrapper: the class furthest up that has such a member is the best guess.
        found = at;
    }
    return found ?? self ?? undefined;
}
function classNameOf(target) {
    const type = typeof target === "function" ? target : target.constructor;
    if (typeof type !== "function" || typeof type.name !== "string")
        return undefined;
    // esbuild calls a class that mentions itself `_Minter` when it lowers decorators.
    return type.name.replace(/^_(?=[A-Z])/, "");
}
function qualified(className, member) {
    return className === undefined || className === "" ? member : `${className}.${member}`;
}
