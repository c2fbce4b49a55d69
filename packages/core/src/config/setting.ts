/**
 * Where the value of a setting came from, strongest first: an option of the call, a standard `OTEL_*` variable,
 * an alias variable such as the guide's `OTLP_ENDPOINT`, the default.
 */
export type SettingSource = "option" | "env" | "alias" | "default";

/**
 * One setting of a {@link ResolvedConfig}: its value and how it came to be.
 *
 * A value that holds a secret (headers, a URL with a password or a key, an exporter object) is kept out of
 * `JSON.stringify` and of `console.log`: read `value` by name, or use {@link describeConfig} for a list that is safe to
 * print.
 */
export interface Setting<T> {
  /** The name, which is also the path of the option: `serviceName`, `batch.maxBatchSpans`. */
  readonly name: string;
  /** The value in force. */
  readonly value: T;
  /** Which kind of source won. */
  readonly source: SettingSource;
  /** What exactly set it: the option's path, the variable's name, or `default`. */
  readonly from: string;
  /** What it would be if nobody set it. */
  readonly default: T;
  /** Type in words: `text`, `number`, `boolean`, `list`, ... */
  readonly type: string;
  /** Unit of a number, such as `ms` or `byte`. */
  readonly unit?: string;
  /** Whether the value must not be printed. */
  readonly secret: boolean;
  /** Other sources that were set as well and lost. */
  readonly overridden: readonly string[];
}
