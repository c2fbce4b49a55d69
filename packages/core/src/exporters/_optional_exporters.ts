import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { SpanExporter } from "@opentelemetry/sdk-trace-base";
import { Invalid } from "../config/_parsers.ts";

/** Loads a package by name: from where this package is installed, then from where the application runs. */
export function loadOptional(name: string): unknown {
  return firstThatWorks((load) => load(name));
}

/** Loads a package that another one depends on, from where that one is installed. */
export function loadDependency(of: string, name: string): unknown {
  return firstThatWorks((load) => createRequire(load.resolve(of))(name));
}

function firstThatWorks(load: (require: NodeJS.Require) => unknown): unknown {
  const from = [import.meta.url, pathToFileURL(`${process.cwd()}/package.json`).href];
  let failure: unknown;
  for (const place of from) {
    try {
      return load(createRequire(place));
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/**
 * Loads an exporter that is installed only by those who choose it.
 *
 * @param name The package.
 * @param chosenBy What chose it, for the message.
 * @param options Makes the options of the exporter's constructor, once the package is there.
 * @returns The exporter, or the rule that is broken.
 */
export function createOptionalExporter(
  name: string,
  chosenBy: string,
  options: () => Record<string, unknown>,
): SpanExporter | Invalid {
  let exporter: unknown;
  try {
    exporter = Reflect.get(Object(loadOptional(name)), "OTLPTraceExporter");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "an error";
    const fix = `Run: npm install ${name}`;
    return new Invalid(
      "exporter.missing_package",
      `needs the package ${name}, which cannot be loaded (${code})`,
      fix,
    );
  }
  if (typeof exporter !== "function") {
    const fix = `Run: npm install ${name}@^0.223.0`;
    return new Invalid(
      "exporter.missing_package",
      `needs ${name} with OTLPTraceExporter in it (${chosenBy})`,
      fix,
    );
  }
  // The constructor of every OTLP exporter takes one options object and makes a SpanExporter.
  return withoutOtlpVariables(() => Reflect.construct(exporter, [options()]) as SpanExporter);
}

// The exporters read OTEL_EXPORTER_OTLP_* by themselves and would mix it into the options, in which all of it is
// considered already.
function withoutOtlpVariables<T>(make: () => T): T {
  const names = Object.keys(process.env).filter((name) => name.startsWith("OTEL_EXPORTER_OTLP_"));
  const kept = names.map((name) => [name, process.env[name]] as const);
  try {
    for (const name of names) delete process.env[name];
    return make();
  } finally {
    for (const [name, value] of kept) process.env[name] = value;
  }
}
