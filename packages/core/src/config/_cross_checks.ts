import { readFileSync } from "node:fs";
import type { TracingOptions } from "../tracing_options.ts";
import { Invalid } from "./_parsers.ts";
import { problemOf, type SettingMap } from "./_read_settings.ts";
import type { ConfigNote } from "./config_note.ts";
import type { ConfigProblem } from "./tracing_config_error.ts";

/**
 * Rules between settings, and between a setting and the disk.
 *
 * @param settings The settings, complete.
 * @param options The options as given.
 * @param problems Gets what cannot work.
 * @param notes Gets what works otherwise than meant.
 */
export function crossSettingProblems(
  settings: SettingMap,
  options: TracingOptions,
  problems: ConfigProblem[],
  notes: ConfigNote[],
): void {
  if (settings.disabled.value) return;
  tlsFiles(settings, problems, notes);
  spool(settings, options, problems, notes);
  if (settings.exporter.value.includes("none") && settings.tracesUrl.source !== "default") {
    notes.push(
      warn(
        "exporter.none",
        "exporter",
        `${settings.exporter.from} is none, so nothing is sent to the endpoint that ${settings.tracesUrl.from} sets`,
      ),
    );
  }
  if (settings["batch.maxBatchSpans"].value > settings["batch.maxQueueSpans"].value) {
    const { from, value } = settings["batch.maxBatchSpans"];
    const limit = settings["batch.maxQueueSpans"].value;
    const rule = `must not be above batch.maxQueueSpans, which is ${limit}`;
    problems.push(
      problemOf(
        "batch.maxBatchSpans",
        from,
        value,
        new Invalid("batch.size", rule, "Lower it, or raise the queue."),
      ),
    );
  }
}

function tlsFiles(settings: SettingMap, problems: ConfigProblem[], notes: ConfigNote[]): void {
  const ca = settings["tls.caFile"];
  const cert = settings["tls.certFile"];
  const key = settings["tls.keyFile"];
  for (const { name, from, value } of [ca, cert, key]) {
    const reason = value === undefined ? undefined : whyUnreadable(value);
    if (reason === undefined) continue;
    problems.push(
      problemOf(
        name,
        from,
        value,
        new Invalid("tls.file", `must name a readable file (${reason})`, "Correct the path."),
      ),
    );
  }
  if ((cert.value === undefined) !== (key.value === undefined)) {
    const given = cert.value === undefined ? key : cert;
    const missing = cert.value === undefined ? cert.name : key.name;
    problems.push(
      problemOf(
        given.name,
        given.from,
        given.value,
        new Invalid("tls.pair", `needs ${missing} as well`, "Give both files."),
      ),
    );
  }
  const anyFile = [ca, cert, key].find((item) => item.value !== undefined);
  if (anyFile !== undefined && settings.tracesUrl.value.startsWith("http:")) {
    notes.push(
      warn(
        "tls.unused",
        anyFile.name,
        `${anyFile.from} has no effect as ${settings.tracesUrl.from} gives a URL without TLS (http)`,
      ),
    );
  }
}

function spool(
  settings: SettingMap,
  options: TracingOptions,
  problems: ConfigProblem[],
  notes: ConfigNote[],
): void {
  const { value, from } = settings["spool.directory"];
  if (value === undefined) {
    if (options.spool === undefined) return;
    const rule = new Invalid(
      "spool.directory",
      "must name a directory when spool is given",
      "Give spool.directory.",
    );
    problems.push(problemOf("spool.directory", "spool.directory", undefined, rule));
    return;
  }
  const protocol = settings.protocol.value;
  if (protocol !== "http/protobuf" && settings.exporter.value.includes("otlp")) {
    const rule = `works with the protocol http/protobuf only, and ${settings.protocol.from} asks for ${protocol}`;
    problems.push(
      problemOf(
        "spool.directory",
        from,
        value,
        new Invalid("spool.protocol", rule, "Use http/protobuf or leave the spool out."),
      ),
    );
  }
  if (!settings.exporter.value.includes("otlp")) {
    notes.push(warn("spool.unused", "spool.directory", `${from} has no effect as no exporter is otlp`));
  }
}

function whyUnreadable(file: string): string | undefined {
  try {
    readFileSync(file);
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "unreadable";
  }
}

function warn(code: string, setting: string, message: string): ConfigNote {
  return { code, level: "warn", setting, message };
}
