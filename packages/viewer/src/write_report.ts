import { writeFile } from "node:fs/promises";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { page } from "./_page.ts";
import { traceView } from "./_trace_view.ts";

/**
 * Writes traces as one HTML file that needs no server and no network: to attach to an issue, or to keep from a CI run.
 * It holds everything that the spans hold, so redact them first where they may hold secrets.
 *
 * @param file Path of the file; an existing one is replaced.
 * @param spans Finished spans of one or several traces, in any order.
 * @throws The error of the file system if the file cannot be written.
 *
 * @example Keep the traces of a test
 * ```ts
 * import { mkdtemp } from "node:fs/promises";
 * import { tmpdir } from "node:os";
 * import { createTestTracing } from "@dcmx-tracing/testing";
 * import { writeReport } from "@dcmx-tracing/viewer";
 *
 * const tracing = createTestTracing();
 * tracing.tracer().startSpan("nft_minting").end();
 * await writeReport(`${await mkdtemp(`${tmpdir()}/report-`)}/traces.html`, tracing.spans());
 * await tracing.shutdown();
 * ```
 */
export async function writeReport(file: string, spans: readonly ReadableSpan[]): Promise<void> {
  const traces = new Map<string, ReadableSpan[]>();
  for (const span of spans) {
    const { traceId } = span.spanContext();
    const trace = traces.get(traceId);
    if (trace === undefined) traces.set(traceId, [span]);
    else trace.push(span);
  }
  await writeFile(file, page([...traces.values()].map(traceView)));
}
