/**
 * Something about the configuration that works, but that its author should know: an inferred scheme, an alias in use,
 * a variable that looks misspelt.
 */
export interface ConfigNote {
  /** Stable code, such as `endpoint.scheme_inferred`. */
  readonly code: string;
  /** `info`: as intended. `warn`: probably not what was meant. */
  readonly level: "info" | "warn";
  /** The setting it is about. */
  readonly setting: string;
  /** One sentence, without secrets. */
  readonly message: string;
}
