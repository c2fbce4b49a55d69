import { SETTING_NAMES } from "./_read_settings.ts";
import { maskValue } from "./mask_value.ts";
import type { ResolvedConfig } from "./resolve_config.ts";
import type { SettingSource } from "./setting.ts";

/** One line of a printed configuration. */
export interface SettingDescription {
  readonly name: string;
  /** The value as text, secrets masked. */
  readonly value: string;
  readonly source: SettingSource;
  /** What exactly set it. */
  readonly from: string;
  /** The default as text. */
  readonly default: string;
  readonly type: string;
  readonly unit?: string;
  /** Other sources that were set and lost. */
  readonly overridden: readonly string[];
}

/**
 * Every setting in printable form, secrets masked: for a log line at start, a support request, or a health page.
 *
 * @param config A resolved configuration, for example `tracing.config`.
 * @returns One entry a setting, in a fixed order.
 *
 * @example Print what is not at its default
 * ```ts
 * import { describeConfig, resolveConfig } from "@dcmx-tracing/core";
 *
 * const config = resolveConfig({ headers: { authorization: "Bearer abc" } }, {});
 * const lines = describeConfig(config).filter((item) => item.source !== "default");
 * if (lines[0]?.value !== "{ authorization: *** }") throw new Error("a header must be masked");
 * ```
 */
export function describeConfig(config: ResolvedConfig): SettingDescription[] {
  return SETTING_NAMES.map((key) => {
    const { name, value, source, from, type, secret, unit, overridden, default: fallback } = config[key];
    const line = {
      name,
      value: maskValue(value, secret),
      source,
      from,
      default: maskValue(fallback, secret),
      type,
      overridden,
    };
    return unit === undefined ? line : { ...line, unit };
  });
}
