import { describeError } from "./_describe_error.ts";

/**
 * The value of `error.type` for anything that was thrown: the error's code if it is a short word, otherwise its name,
 * otherwise the type of the value. Never throws.
 *
 * @param error Anything that was thrown or rejected with.
 * @returns A text of low variety, as metrics need it.
 *
 * @example Count failures by type
 * ```ts
 * import { errorType } from "@dcmx-tracing/span/kernel";
 *
 * console.assert(errorType(new RangeError("too much")) === "RangeError");
 * console.assert(errorType(Object.assign(new Error("no file"), { code: "ENOENT" })) === "ENOENT");
 * ```
 */
export function errorType(error: unknown): string {
  return describeError(error).type;
}
