/** The few checks of `node:util` that nothing else offers. */
interface PlatformTypes {
  isProxy(value: unknown): boolean;
}

/** What the platform can tell about values; browsers tell nothing. */
const types: PlatformTypes | undefined = findTypes();

/** Whether the value is a Proxy, which runs its owner's code whenever it is looked at. `false` where nobody can tell. */
export function isProxy(value: object): boolean {
  return types?.isProxy(value) ?? false;
}

function findTypes(): PlatformTypes | undefined {
  // Not an import: the package also runs where there is no node:util. The shape is that of Node, Deno and Bun.
  const { process } = globalThis as {
    process?: { getBuiltinModule?(name: string): { types?: PlatformTypes } };
  };
  return process?.getBuiltinModule?.("node:util")?.types;
}
