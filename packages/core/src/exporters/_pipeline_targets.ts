import { readFileSync } from "node:fs";
import type { SpanExporter } from "@opentelemetry/sdk-trace-base";
import { Invalid } from "../config/_parsers.ts";
import { problemOf } from "../config/_read_settings.ts";
import { maskUrls } from "../config/mask_value.ts";
import type { ResolvedConfig } from "../config/resolve_config.ts";
import type { ExporterChoice } from "../config/setting_values.ts";
import type { ConfigProblem } from "../config/tracing_config_error.ts";
import type { OtlpHttpTarget, PipelineTarget, TlsMaterial } from "../pipeline/pipeline_options.ts";
import { ConsoleSpanExporter } from "../sdk/_sdk.ts";
import { grpcCredentials } from "./_grpc_credentials.ts";
import { createOptionalExporter } from "./_optional_exporters.ts";

/** A target of the configuration and what it is called in counters and messages. */
export interface NamedTarget {
  readonly name: string;
  /** The kind of exporter, as metrics name it. */
  readonly exporter: string;
  readonly target: PipelineTarget;
  /** Folder below the spool's directory; each target has a spool of its own. */
  readonly spoolFolder: string;
}

/**
 * The targets that the configuration asks for.
 *
 * @param config The resolved configuration.
 * @param problems Gets what is missing.
 */
export function pipelineTargets(config: ResolvedConfig, problems: ConfigProblem[]): NamedTarget[] {
  const targets: NamedTarget[] = [];
  for (const choice of config.exporter.value) {
    const target = namedTarget(choice, config);
    if (target instanceof Invalid) {
      const { from, value } = config.protocol;
      problems.push(problemOf("protocol", from, value, target));
    } else if (target !== undefined) targets.push(target);
  }
  return targets;
}

function namedTarget(choice: ExporterChoice, config: ResolvedConfig): NamedTarget | Invalid | undefined {
  if (choice === "none") return undefined;
  if (choice === "console") return exporterTarget(new ConsoleSpanExporter(), "console");
  if (choice === "otlp") return otlpTarget(config);
  if (!("kind" in choice)) return exporterTarget(choice, className(choice));
  if (choice.kind === "exporter")
    return { ...exporterTarget(choice.exporter, className(choice.exporter)), target: choice };
  const spoolFolder = URL.canParse(choice.url) ? new URL(choice.url).host.replaceAll(/[^\w.-]/g, "_") : "";
  return { name: maskUrls(choice.url), exporter: "otlp", target: choice, spoolFolder };
}

function otlpTarget(config: ResolvedConfig): NamedTarget | Invalid {
  const name = maskUrls(config.tracesUrl.value);
  const facts = { name, exporter: "otlp", spoolFolder: "" };
  if (config.protocol.value === "http/protobuf") return { ...facts, target: httpTarget(config) };
  const exporter = config.protocol.value === "grpc" ? grpcExporter(config) : jsonExporter(config);
  if (exporter instanceof Invalid) return exporter;
  return { ...facts, target: { kind: "exporter", exporter, concurrency: config["batch.concurrency"].value } };
}

function exporterTarget(exporter: SpanExporter, name: string): NamedTarget {
  return { name, exporter: name, target: { kind: "exporter", exporter }, spoolFolder: "" };
}

function httpTarget(config: ResolvedConfig): OtlpHttpTarget {
  return {
    kind: "otlp-http",
    url: config.tracesUrl.value,
    headers: config.headers.value,
    compression: config.compression.value,
    timeoutMs: config.exportTimeoutMs.value,
    tls: tlsMaterial(config),
  };
}

function jsonExporter(config: ResolvedConfig): SpanExporter | Invalid {
  return createOptionalExporter("@opentelemetry/exporter-trace-otlp-http", config.protocol.from, () => ({
    url: config.tracesUrl.value,
    headers: config.headers.value,
    compression: config.compression.value,
    timeoutMillis: config.exportTimeoutMs.value,
    httpAgentOptions: { keepAlive: true, ...tlsMaterial(config) },
  }));
}

function grpcExporter(config: ResolvedConfig): SpanExporter | Invalid {
  const name = "@opentelemetry/exporter-trace-otlp-grpc";
  return createOptionalExporter(name, config.protocol.from, () => ({
    url: config.tracesUrl.value,
    compression: config.compression.value,
    timeoutMillis: config.exportTimeoutMs.value,
    ...grpcCredentials(name, config.headers.value, tlsMaterial(config)),
  }));
}

/** The TLS files as texts; they were found readable when the configuration was resolved. */
export function tlsMaterial(config: ResolvedConfig): TlsMaterial {
  const ca = config["tls.caFile"].value;
  const cert = config["tls.certFile"].value;
  const key = config["tls.keyFile"].value;
  return {
    ...(ca === undefined ? {} : { ca: readFileSync(ca) }),
    ...(cert === undefined ? {} : { cert: readFileSync(cert) }),
    ...(key === undefined ? {} : { key: readFileSync(key) }),
  };
}

function className(exporter: SpanExporter): string {
  return exporter.constructor?.name ?? "SpanExporter";
}
