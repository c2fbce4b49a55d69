import type { Parse } from "./_parsers.ts";
import type { SettingName, SettingValues } from "./setting_values.ts";

/** Everything that is fixed about one setting. */
export interface SettingDefinition<T> {
  /** Type in words, for the doctor and the README. */
  readonly type: string;
  /** Unit of a number. */
  readonly unit?: string;
  readonly default: T;
  /** Standard variables, the strongest first. */
  readonly env: readonly string[];
  /** Other variables that are understood, the strongest first. */
  readonly alias: readonly string[];
  readonly secret: boolean;
  /** One sentence for the README's table. */
  readonly about: string;
  readonly parse: Parse<T>;
}

/** The definition of every setting. */
export type SettingDefinitions = { readonly [K in SettingName]: SettingDefinition<SettingValues[K]> };

/** Fills the fields that most settings leave at their usual value. */
export function setting<T>(
  about: string,
  type: string,
  fallback: T,
  parse: Parse<T>,
  more: { env?: readonly string[]; alias?: readonly string[]; unit?: string; secret?: boolean } = {},
): SettingDefinition<T> {
  const { env = [], alias = [], secret = false, unit } = more;
  return {
    about,
    type,
    default: fallback,
    parse,
    env,
    alias,
    secret,
    ...(unit === undefined ? {} : { unit }),
  };
}
