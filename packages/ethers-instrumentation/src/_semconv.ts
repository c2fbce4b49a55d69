/** Which names of attributes and metrics are written: the stable ones, or the older ones beside them. */
export type Semconv = "stable" | "dup";

/**
 * What `OTEL_SEMCONV_STABILITY_OPT_IN` asks for: `dup` if the list has `rpc/dup`. Without it this package writes the
 * stable names alone, as it never wrote others by default.
 *
 * Source: https://opentelemetry.io/docs/specs/semconv/non-normative/rpc-migration/
 */
export function semconvOfEnvironment(): Semconv {
  const list = optIn() ?? "";
  return list.split(",").some((item) => item.trim() === "rpc/dup") ? "dup" : "stable";
}

function optIn(): string | undefined {
  try {
    // Browsers have no process, and any property of the global object may be looked for.
    const { process } = globalThis as { process?: { env?: Readonly<Record<string, string | undefined>> } };
    return process?.env?.OTEL_SEMCONV_STABILITY_OPT_IN;
  } catch {
    // Deno refuses to read variables that it was not allowed to.
    return undefined;
  }
}
