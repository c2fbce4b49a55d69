import type { ResolvedConfig } from "../config/resolve_config.ts";
import type { HttpAnswer } from "./_probes.ts";
import { type Finding, finding, ok } from "./doctor_report.ts";

/** What a status means for an OTLP request, and what to do about it. */
const MEANINGS: Readonly<Record<number, readonly [code: string, cause: string, fix: string]>> = {
  400: [
    "wire.bad_request",
    "the collector does not understand the request",
    "Check protocol and compression.",
  ],
  401: ["wire.unauthorized", "the collector wants credentials", "Set OTEL_EXPORTER_OTLP_HEADERS."],
  403: ["wire.forbidden", "the credentials may not write traces", "Check the key and its permissions."],
  404: [
    "wire.not_found",
    "there is no OTLP receiver at this path",
    "Use the base URL; /v1/traces is added to it.",
  ],
  405: ["wire.not_found", "this path does not take POST", "Use the base URL of the collector's OTLP port."],
  407: ["wire.proxy", "a proxy in between wants credentials", "Reach the collector without the proxy."],
  413: ["wire.too_large", "even an empty request is too large", "Check the proxy in between."],
  415: [
    "wire.media_type",
    "the receiver does not take this encoding",
    "Use http/protobuf, or http/json where offered.",
  ],
  429: ["wire.throttled", "the collector is throttling", "Sample less, or raise the collector's limits."],
};

/**
 * The meaning of the answer to an empty OTLP request.
 *
 * @param answer What came back.
 * @param config For the URL in the message.
 */
export function httpStatusFinding(answer: HttpAnswer, config: ResolvedConfig): Finding {
  const { status, contentType, body } = answer;
  const evidence = `POST ${config.tracesUrl.value}: HTTP ${status} ${contentType}`.trim();
  if (status >= 200 && status < 300) {
    if (!/html/i.test(contentType) && !/^\s*<!doctype/i.test(body)) {
      return ok("wire.otlp", "the collector accepts OTLP", evidence);
    }
    const cause = "something answers with a web page, so it is no OTLP receiver";
    return finding("error", "wire.not_otlp", cause, evidence, "Use the collector's OTLP port, usually 4318.");
  }
  if (status >= 300 && status < 400) {
    return finding(
      "error",
      "wire.redirect",
      "the URL redirects, which OTLP clients do not follow",
      evidence,
      "Use the URL behind the redirect.",
    );
  }
  const [code, cause, fix] = MEANINGS[status] ?? [
    "wire.status",
    status >= 500 ? "the collector has a fault of its own" : "the collector refuses the request",
    "Look into the collector's log.",
  ];
  // Throttling and outages pass; the pipeline tries again.
  const level = status === 429 || status >= 500 ? "warn" : "error";
  return finding(level, code, cause, evidence, fix);
}
