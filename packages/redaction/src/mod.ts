/**
 * Keeps private keys, mnemonics and credentials out of exported telemetry.
 *
 * @example Redact what is exported
 * ```ts
 * import { InMemorySpanExporter } from "@opentelemetry/sdk-trace-base";
 * import { redactingExporter } from "@dcmx-tracing/redaction";
 *
 * const exporter = redactingExporter(new InMemorySpanExporter());
 * await exporter.shutdown();
 * ```
 *
 * @module
 */
export type { RedactionStats } from "./_audit.ts";
export { createRedactor, type RedactionFinding, type Redactor, type SpanLike } from "./create_redactor.ts";
export type { CustomRule } from "./custom_rule.ts";
export { redactExporter } from "./redact_exporter.ts";
export { redactingExporter } from "./redacting_exporter.ts";
export type { RedactionLimits, RedactionOptions, RedactionPack } from "./redaction_options.ts";
