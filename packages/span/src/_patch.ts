/**
 * Gives one object an own property in place of what it had, in a way that can be undone. The object keeps its
 * identity, its class and, for everything but this property, its shape.
 *
 * @param target The object.
 * @param key The property.
 * @param replacement What it is to hold: a value or a getter.
 * @returns A function that puts the former state back, or `undefined` if the object does not let itself be changed.
 */
export function patch(
  target: object,
  key: PropertyKey,
  replacement: { readonly value: unknown } | { get(): unknown },
): (() => void) | undefined {
  try {
    const own = Reflect.getOwnPropertyDescriptor(target, key);
    const put: PropertyDescriptor = {
      ...replacement,
      enumerable: own?.enumerable ?? false,
      configurable: true,
    };
    if ("value" in put) put.writable = true;
    return Reflect.defineProperty(target, key, put) ? () => unpatch(target, key, put, own) : undefined;
  } catch {
    return undefined; // a Proxy that refuses
  }
}

function unpatch(
  target: object,
  key: PropertyKey,
  put: PropertyDescriptor,
  own: PropertyDescriptor | undefined,
): void {
  try {
    const now = Reflect.getOwnPropertyDescriptor(target, key);
    // Somebody else has patched on top of it: taking it away would take theirs away too.
    if (now?.value !== put.value || now?.get !== put.get) return;
    if (own === undefined) Reflect.deleteProperty(target, key);
    else Reflect.defineProperty(target, key, own);
  } catch {
    // The patch stays; it passes everything through once its call is over.
  }
}

/**
 * Replaces several methods of one object, all or none.
 *
 * @param target The object.
 * @param methods The replacements, by key.
 * @returns A function that puts the former state back, or `undefined` if the object does not let itself be changed.
 */
export function patchMethods(
  target: object,
  methods: Readonly<Record<PropertyKey, unknown>>,
): (() => void) | undefined {
  const undo: (() => void)[] = [];
  const undoAll = (): void => {
    for (const each of undo) each();
  };
  for (const key of Reflect.ownKeys(methods)) {
    const restore = patch(target, key, { value: methods[key] });
    if (restore === undefined) {
      undoAll();
      return undefined;
    }
    undo.push(restore);
  }
  return undoAll;
}

/** A method of an object, or `undefined` if there is none under that key. Throws what a getter throws. */
export function methodOf(target: object, key: PropertyKey): AnyMethod | undefined {
  // Any object may be asked for any key; the type of the answer is checked.
  const method = (target as Record<PropertyKey, unknown>)[key];
  return typeof method === "function" ? (method as AnyMethod) : undefined;
}

/** A method of which nothing is known but that it can be called. */
export type AnyMethod = (...args: never[]) => unknown;
