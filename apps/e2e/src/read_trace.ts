import { type CanonicalSpan, canonicalOfOtlp, type OtlpAnswer } from "./canonical_span.ts";
import { until } from "./servers/start_process.ts";

/** Reads a trace back from Jaeger, once it holds so many spans: it stores them after it has accepted them. */
export async function readTrace(
  query: string,
  traceId: string,
  spans: number,
): Promise<readonly CanonicalSpan[]> {
  let found: readonly CanonicalSpan[] = [];
  await until(async () => {
    const response = await fetch(`${query}/api/v3/traces/${traceId}`, { headers: { connection: "close" } });
    if (!response.ok) {
      await response.arrayBuffer();
      return false;
    }
    found = canonicalOfOtlp((await response.json()) as OtlpAnswer); // documented form
    return found.length >= spans;
  }, `trace ${traceId} has ${spans} spans`);
  return found;
}
