/**
 * Traces without a back end: waterfalls in the terminal, a local page that takes OTLP, reports as one HTML file.
 *
 * @example See every trace of an application
 * ```ts
 * import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
 * import { treePrinter } from "@dcmx-tracing/viewer";
 *
 * const provider = new BasicTracerProvider({ spanProcessors: [treePrinter({ width: 80 })] });
 * provider.getTracer("app").startSpan("artist_onboarding").end(); // prints a waterfall to stdout
 * ```
 *
 * @module
 */
export { renderWaterfall, type WaterfallOptions } from "./render_waterfall.ts";
export { startViewer, type Viewer, type ViewerOptions } from "./start_viewer.ts";
export {
  type TreePrinter,
  type TreePrinterOptions,
  type TreePrinterStats,
  type TreePrinterStream,
  treePrinter,
} from "./tree_printer.ts";
export { writeReport } from "./write_report.ts";
