/** What a copy of this package answers for its own calls. */
export interface Copy {
  /** Abandons all its calls, and says how many there were. */
  giveAll(): number;
  countCalls(): { waiting: number; abandoned: number };
}

// An application that imports and libraries that require have a copy each; the shutdown of one ends the calls of all.
const KEY = Symbol.for("@dcmx-tracing/span copies@1");

/** The copies of this package in which a call has waited so far. */
export function copies(): Set<Copy> {
  // Only this function writes the property.
  const holder = globalThis as typeof globalThis & { [KEY]?: Set<Copy> };
  holder[KEY] ??= new Set();
  return holder[KEY];
}
