import { MetricsSetupError } from "./metrics_setup_error.ts";

/**
 * Refuses the value of an option.
 *
 * @throws {MetricsSetupError} `option_invalid`, with action, option, rule and current value.
 */
export function invalidOption(action: string, option: string, rule: string, value: unknown): never {
  const shown =
    typeof value === "number" || typeof value === "bigint" ? String(value) : JSON.stringify(value);
  throw new MetricsSetupError(
    "option_invalid",
    `Cannot ${action} as '${option}' must be ${rule}: current value is ${shown}`,
  );
}
