/** The bounds that apply when none are given. */
export const DEFAULT_CAPTURE_LIMITS = { depth: 4, keys: 32, characters: 1024 };
