import type { ResolvedConfig } from "../config/resolve_config.ts";
import { tlsMaterial } from "../exporters/_pipeline_targets.ts";
import { httpStatusFinding } from "./_http_status.ts";
import {
  type HttpAnswer,
  type Probe,
  probeDns,
  probeGrpc,
  probeHttp,
  probeTcp,
  probeTls,
} from "./_probes.ts";
import { type Finding, finding, ok } from "./doctor_report.ts";

const SKEW_MS = 5000;

/**
 * Follows the way of a request to the collector, step by step, and stops where it breaks.
 *
 * @param config A configuration without problems.
 * @param timeoutMs Bound of each step.
 */
export async function wireFindings(config: ResolvedConfig, timeoutMs: number): Promise<Finding[]> {
  if (!config.exporter.value.includes("otlp")) {
    return [ok("wire.skipped", "no exporter sends OTLP, so there is no connection to check")];
  }
  const url = new URL(config.tracesUrl.value);
  const found: Finding[] = [];
  const addresses = await checkDns(url, timeoutMs, found);
  if (addresses.length === 0 || !(await checkTcp(url, addresses, timeoutMs, found))) return found;
  if (url.protocol === "https:" && !(await checkTls(config, url, timeoutMs, found))) return found;
  await (config.protocol.value === "grpc" ? checkGrpc : checkHttp)(config, url, timeoutMs, found);
  return found;
}

async function checkDns(url: URL, timeoutMs: number, found: Finding[]): Promise<readonly string[]> {
  const probe = await probeDns(url.hostname, timeoutMs);
  if ("error" in probe) {
    const fix =
      "Correct the host name, or make it known where this process runs (in Kubernetes: SERVICE.NAMESPACE).";
    found.push(
      finding("error", "wire.dns_failed", `the host ${url.hostname} is not known`, probe.error, fix),
    );
    return [];
  }
  const addresses = [...new Set(probe.value)];
  found.push(ok("wire.dns", `${url.hostname} resolves`, addresses.join(", ")));
  return addresses;
}

async function checkTcp(
  url: URL,
  addresses: readonly string[],
  timeoutMs: number,
  found: Finding[],
): Promise<boolean> {
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  const probes = await Promise.all(addresses.map((address) => probeTcp(address, port, timeoutMs)));
  const lines = probes.map(
    (probe, index) => `${addresses[index]}: ${"error" in probe ? probe.error : `${probe.value} ms`}`,
  );
  const evidence = lines.join("; ");
  const open = probes.filter((probe) => "value" in probe).length;
  if (open === 0) {
    const fix =
      "Start the collector, or correct host and port; in a container, localhost is the container itself.";
    found.push(
      finding("error", "wire.tcp_failed", `nothing accepts connections at ${url.host}`, evidence, fix),
    );
    return false;
  }
  if (open < probes.length) {
    const fix = "Name the address that answers, such as 127.0.0.1 instead of localhost.";
    const cause = `${url.hostname} has several addresses and only some accept connections`;
    // Node tries one address after the other; on localhost it is a trap for everything else (::1 and 127.0.0.1).
    const level = url.hostname === "localhost" ? "warn" : "info";
    found.push(finding(level, "wire.tcp_some_addresses", cause, evidence, fix));
  } else found.push(ok("wire.tcp", `port ${port} accepts connections`, evidence));
  return true;
}

async function checkTls(
  config: ResolvedConfig,
  url: URL,
  timeoutMs: number,
  found: Finding[],
): Promise<boolean> {
  const probe = await probeTls(url, tlsMaterial(config), timeoutMs);
  if ("value" in probe) {
    found.push(ok("wire.tls", "the TLS handshake succeeds and the certificate is trusted", probe.value));
    return true;
  }
  const plain = /WRONG_VERSION|EPROTO|packet length|ECONNRESET/i.test(probe.error);
  found.push(
    plain
      ? finding(
          "error",
          "wire.tls_on_plain_port",
          `the port ${url.port} does not speak TLS`,
          probe.error,
          "Write http:// instead of https://.",
        )
      : finding(
          "error",
          "wire.tls_failed",
          "the TLS handshake fails",
          probe.error,
          "Give the authority's certificate with OTEL_EXPORTER_OTLP_CERTIFICATE (tls.caFile), or the host name that the certificate names.",
        ),
  );
  return false;
}

async function checkHttp(
  config: ResolvedConfig,
  url: URL,
  timeoutMs: number,
  found: Finding[],
): Promise<void> {
  const json = config.protocol.value === "http/json";
  const tls = tlsMaterial(config);
  const probe = await probeHttp(url.href, {
    method: "POST",
    headers: {
      ...config.headers.value,
      "content-type": json ? "application/json" : "application/x-protobuf",
    },
    body: json ? "{}" : "",
    tls,
    timeoutMs,
  });
  if ("value" in probe) {
    found.push(httpStatusFinding(probe.value, config), ...clockFindings(probe.value));
    return;
  }
  const grpc = await probeGrpc(url, {}, tls, timeoutMs);
  if ("value" in grpc) {
    const fix = "Use the collector's HTTP port (usually 4318), or set OTEL_EXPORTER_OTLP_PROTOCOL=grpc.";
    const cause = `${url.host} speaks gRPC, and the protocol is ${config.protocol.value}`;
    found.push(
      finding(
        "error",
        "wire.http_on_grpc_port",
        cause,
        `HTTP: ${probe.error}; gRPC status ${grpc.value.status}`,
        fix,
      ),
    );
    return;
  }
  found.push(noAnswer(url, probe, "HTTP"));
}

async function checkGrpc(
  config: ResolvedConfig,
  url: URL,
  timeoutMs: number,
  found: Finding[],
): Promise<void> {
  const tls = tlsMaterial(config);
  const probe = await probeGrpc(url, config.headers.value, tls, timeoutMs);
  if ("value" in probe) {
    const { status, message } = probe.value;
    const evidence = `gRPC status ${status} ${message}`.trim();
    const fix =
      status === 16 || status === 7
        ? "Give the credentials with OTEL_EXPORTER_OTLP_HEADERS."
        : "Look into the collector's log.";
    found.push(
      status === 0
        ? ok("wire.otlp", "the collector accepts OTLP over gRPC", evidence)
        : finding("error", "wire.grpc_status", "the collector refuses the request", evidence, fix),
    );
    return;
  }
  const http = await probeHttp(url.href, { timeoutMs, tls });
  if ("value" in http) {
    const fix =
      "Use the collector's gRPC port (usually 4317), or set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf.";
    const evidence = `gRPC: ${probe.error}; HTTP status ${http.value.status}`;
    found.push(
      finding(
        "error",
        "wire.grpc_on_http_port",
        `${url.host} speaks HTTP, and the protocol is grpc`,
        evidence,
        fix,
      ),
    );
    return;
  }
  found.push(noAnswer(url, probe, "gRPC"));
}

function noAnswer(url: URL, probe: Probe<unknown>, protocol: string): Finding {
  const evidence = "error" in probe ? probe.error : "";
  const cause = `${url.host} accepts connections and does not answer as an OTLP collector over ${protocol}`;
  return finding("error", "wire.no_answer", cause, evidence, "Check that this is the collector's OTLP port.");
}

function clockFindings({ serverTime, localTime }: HttpAnswer): Finding[] {
  if (serverTime === undefined) return [];
  // The Date header has whole seconds; half a second in the middle is the best that it tells.
  const skew = localTime - (serverTime + 500);
  const evidence = `this host is ${(Math.abs(skew) / 1000).toFixed(1)} s ${skew < 0 ? "behind" : "ahead of"} the collector`;
  if (Math.abs(skew) < SKEW_MS)
    return [ok("process.clock", "the clocks of this host and the collector agree", evidence)];
  const fix = "Synchronise the clocks (NTP); spans of this host are shown at the wrong time.";
  return [
    finding("warn", "process.clock_skew", "the clocks of this host and the collector differ", evidence, fix),
  ];
}
