/** What the platform can tell about values; browsers tell nothing. */
const types = findTypes();
/** Whether the value is a Proxy, which runs its owner's code whenever it is looked at. `false` where nobody can tell. */
export function isProxy(value) {
    return types?.isProxy(value) ?? false;
}
function findTypes() {
    // Not an import: the package also runs where there is no node:util. The shape is that of Node, Deno and Bun.
    const { process } = globalThis;
    return process?.getBuiltinModule?.("node:util")?.types;
}
