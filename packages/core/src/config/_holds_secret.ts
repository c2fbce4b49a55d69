import { isPlainObject } from "./_key_values.ts";
import { isSecretField, maskUrls } from "./mask_value.ts";

/**
 * Whether a value of the configuration holds what must not be printed: a URL with a password or a key, headers of an
 * exporter, TLS material, or an object of a class, of which nobody knows what is in it.
 *
 * @param value The value of a setting.
 */
export function holdsSecret(value: unknown): boolean {
  if (typeof value === "string") return maskUrls(value) !== value;
  if (typeof value !== "object" || value === null || value instanceof RegExp) return false;
  if (Array.isArray(value)) return value.some(holdsSecret);
  if (!isPlainObject(value)) return true;
  return Object.entries(value).some(
    ([key, item]) => (item !== undefined && isSecretField(key)) || holdsSecret(item),
  );
}
