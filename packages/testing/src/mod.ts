/**
 * For tests of traced code: in-memory tracing, and a trace drawn as text.
 *
 * @module
 */
export {};
