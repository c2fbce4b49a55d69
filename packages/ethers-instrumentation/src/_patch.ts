import { registry } from "./_registry.ts";

/** A method as the patches see it. */
export type Method = (this: object, ...args: unknown[]) => unknown;

/** What was there before a patch. */
export interface PatchRecord {
  readonly wrapper: Method;
  readonly previous: PropertyDescriptor | undefined;
}

/**
 * Replaces a method of a prototype or of one object, once: a second call for the same name does nothing, whichever
 * copy of this package (ESM or CJS) made the first.
 *
 * The wrapper takes over name and length of the original, so that the method looks the same from outside. On an
 * object that inherits the method, the wrapper becomes an own property that no enumeration shows.
 */
export function patchMethod(target: object, name: string, wrap: (original: Method) => Method): void {
  const records = recordsOf(target);
  if (records.has(name)) return;
  // Any property may be read; whether it is a method is checked next.
  const original: unknown = (target as Record<string, unknown>)[name];
  if (typeof original !== "function") return;
  // A function is callable with any arguments; ethers checks its own.
  const wrapper = wrap(original as Method);
  Object.defineProperty(wrapper, "name", { value: original.name, configurable: true });
  Object.defineProperty(wrapper, "length", { value: original.length, configurable: true });
  const previous = Object.getOwnPropertyDescriptor(target, name);
  if (previous !== undefined && previous.configurable !== true) return;
  Object.defineProperty(target, name, {
    value: wrapper,
    writable: true,
    configurable: true,
    enumerable: previous?.enumerable ?? false,
  });
  records.set(name, { wrapper, previous });
  // Prototypes are few and live as long as their class; instances must not be kept alive by this list.
  if (Object.hasOwn(target, "constructor")) registry().prototypes.add(target);
}

/**
 * Takes all patches of an object back. A method that somebody wrapped after us stays, as taking ours out of the
 * middle is impossible; it then passes calls through, because no provider is instrumented any more.
 */
export function unpatch(target: object): void {
  const records = registry().patches.get(target);
  if (records === undefined) return;
  for (const [name, { wrapper, previous }] of records) {
    const current = Object.getOwnPropertyDescriptor(target, name);
    if (current?.value !== wrapper) continue;
    if (previous === undefined) Reflect.deleteProperty(target, name);
    else Object.defineProperty(target, name, previous);
    records.delete(name);
  }
  registry().prototypes.delete(target);
}

/** The objects of a prototype chain, nearest first. */
export function* prototypeChain(target: object): Generator<object> {
  let current: object | null = target;
  while (current !== null && current !== Object.prototype) {
    yield current;
    current = Object.getPrototypeOf(current);
  }
}

/** Whether an object has all of these as its own methods. */
export function ownsMethods(target: object, ...names: readonly string[]): boolean {
  return names.every((name) => typeof Object.getOwnPropertyDescriptor(target, name)?.value === "function");
}

function recordsOf(target: object): Map<string, PatchRecord> {
  const { patches } = registry();
  let records = patches.get(target);
  if (records === undefined) {
    records = new Map();
    patches.set(target, records);
  }
  return records;
}
