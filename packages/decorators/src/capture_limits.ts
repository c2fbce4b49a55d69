/** Bounds of a captured value. What is beyond them is left out, and the text says so. */
export interface CaptureLimits {
  /** Levels of nesting. @default 4 */
  readonly depth: number;
  /** Fields of an object and elements of an array, at every level. @default 32 */
  readonly keys: number;
  /** Characters of one attribute. @default 1024 */
  readonly characters: number;
}

/** The bounds that apply when none are given. */
export const DEFAULT_CAPTURE_LIMITS: CaptureLimits = { depth: 4, keys: 32, characters: 1024 };
