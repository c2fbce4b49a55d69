/** Sets a member of an object that is being made. A plain assignment to `__proto__` would change the object instead. */
export function define(out: object, name: string, value: unknown): void {
  Object.defineProperty(out, name, { value, enumerable: true, configurable: true, writable: true });
}
