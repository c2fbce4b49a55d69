/** A function of which nothing is known but that it can be called. */
export type AnyFunction = (...args: never[]) => unknown;
