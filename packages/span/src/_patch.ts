/**
 * Replaces one property of one object by an own property, in a way that can be undone. The object keeps its
 * identity, its class and, for everything but this property, its shape.
 *
 * @param target The object.
 * @param key The property.
 * @param value What it is to hold.
 * @returns A function that puts the former state back, or `undefined` if the object does not let itself be changed.
 */
export function patch(target: object, key: PropertyKey, value: unknown): (() => void) | undefined {
  try {
    const own = Reflect.getOwnPropertyDescriptor(target, key);
    const enumerable = own?.enumerable ?? false;
    const done = Reflect.defineProperty(target, key, {
      value,
      enumerable,
      writable: true,
      configurable: true,
    });
    return done ? () => unpatch(target, key, value, own) : undefined;
  } catch {
    return undefined; // a Proxy that refuses
  }
}

function unpatch(
  target: object,
  key: PropertyKey,
  value: unknown,
  own: PropertyDescriptor | undefined,
): void {
  try {
    // Somebody else has patched on top of it: taking it away would take theirs away too.
    if (Reflect.getOwnPropertyDescriptor(target, key)?.value !== value) return;
    if (own === undefined) Reflect.deleteProperty(target, key);
    else Reflect.defineProperty(target, key, own);
  } catch {
    // The patch stays; it passes everything through once its span has ended.
  }
}
