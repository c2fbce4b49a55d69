import { Invalid } from "./_parsers.ts";
import type { ConfigNote } from "./config_note.ts";
import { maskUrls } from "./mask_value.ts";
import type { OtlpProtocol } from "./setting_values.ts";

/** What an endpoint means before its export URL is known. */
export interface EndpointInput {
  /** As written by the user. */
  readonly raw: string;
  /** What set it, for notes. */
  readonly from: string;
  /** A signal endpoint is used as it is; a base gets `/v1/traces`. */
  readonly signal: boolean;
  /** The protocol somebody chose, or undefined when the port may decide. */
  readonly protocol: OtlpProtocol | undefined;
}

/** Where and how to export. */
export interface EndpointResult {
  /** The base or signal URL, with its scheme. */
  readonly endpoint: string;
  /** The URL that spans are sent to. */
  readonly url: string;
  readonly protocol: OtlpProtocol;
  readonly notes: readonly ConfigNote[];
}

const SIGNAL_PATH = "/v1/traces";
const GRPC_PORT = "4317";
const HTTP_PORT = "4318";

/**
 * Turns an endpoint as people write it into the URL to send to.
 *
 * @param input The text and what is known about it.
 * @returns The URL, the protocol and what was inferred, or the rule that is broken.
 */
export function resolveEndpoint(input: EndpointInput): EndpointResult | Invalid {
  const notes: ConfigNote[] = [];
  const say = (level: ConfigNote["level"], code: string, message: string): void => {
    notes.push({ code: `endpoint.${code}`, level, setting: "otlpEndpoint", message: maskUrls(message) });
  };
  const url = parseUrl(withScheme(input, say));
  if (url instanceof Invalid) return url;
  const protocol = protocolOf(input, url, say);
  if (url.hash !== "") {
    say("warn", "hash_dropped", `${input.from} has a fragment (#...), which is not sent`);
    url.hash = "";
  }
  if (protocol === "grpc") return { ...grpcTarget(input, url, say), protocol, notes };
  return { ...httpTarget(input, url, say), protocol, notes };
}

type Say = (level: ConfigNote["level"], code: string, message: string) => void;

function withScheme(input: EndpointInput, say: Say): string {
  const raw = input.raw.trim();
  const grpc = /^grpc(s?):\/\//i.exec(raw);
  if (grpc) return `http${grpc[1]}${raw.slice(grpc[0].length - 3)}`;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(raw)) return raw;
  say("info", "scheme_inferred", `${input.from} has no scheme, so http:// is used: http://${raw}`);
  return `http://${raw}`;
}

function parseUrl(text: string): URL | Invalid {
  const rule = "must be a URL such as http://localhost:4318";
  const fix = "Write scheme, host and port: http://HOST:4318 for OTLP over HTTP, http://HOST:4317 for gRPC.";
  if (!URL.canParse(text)) return new Invalid("endpoint.invalid_url", rule, fix);
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return new Invalid("endpoint.scheme", "must use http:// or https://", fix, `http://${url.host}`);
  }
  return url.hostname === "" ? new Invalid("endpoint.invalid_url", rule, fix) : url;
}

function protocolOf(input: EndpointInput, url: URL, say: Say): OtlpProtocol {
  const scheme = /^grpcs?:/i.test(input.raw.trim());
  if (input.protocol === undefined) {
    if (url.port !== GRPC_PORT && !scheme) return "http/protobuf";
    const security =
      url.protocol === "https:"
        ? "with TLS as the scheme is https"
        : "without TLS as the scheme is not https";
    say(
      "info",
      "protocol_inferred",
      `${input.from} names port ${url.port || GRPC_PORT}, so gRPC is used, ${security}`,
    );
    return "grpc";
  }
  if (input.protocol !== "grpc" && url.port === GRPC_PORT) {
    say(
      "warn",
      "port_protocol",
      `port 4317 usually speaks gRPC, and the protocol is set to ${input.protocol}: use port 4318 or protocol grpc`,
    );
  }
  if (input.protocol === "grpc" && url.port === HTTP_PORT) {
    say(
      "warn",
      "port_protocol",
      "port 4318 usually speaks HTTP, and the protocol is set to grpc: use port 4317 or protocol http/protobuf",
    );
  }
  return input.protocol;
}

function grpcTarget(input: EndpointInput, url: URL, say: Say): { endpoint: string; url: string } {
  if (url.pathname !== "/" && url.pathname !== "") {
    say("warn", "path_ignored", `${input.from} has the path ${url.pathname}, which gRPC does not use`);
  }
  const target = `${url.protocol}//${url.host}`;
  return { endpoint: target, url: target };
}

function httpTarget(input: EndpointInput, url: URL, say: Say): { endpoint: string; url: string } {
  if (input.signal) {
    if (url.pathname === "/" || url.pathname === "") {
      say(
        "warn",
        "signal_without_path",
        `${input.from} is used as it is, so spans go to ${url.href} and not to ${url.origin}${SIGNAL_PATH}: add the path, or set OTEL_EXPORTER_OTLP_ENDPOINT instead`,
      );
    }
    return { endpoint: url.href, url: url.href };
  }
  const path = url.pathname.replace(/\/+$/, "");
  if (path.endsWith(SIGNAL_PATH)) {
    say(
      "warn",
      "suffix_stripped",
      `${input.from} is a base URL to which ${SIGNAL_PATH} is added, so the ${SIGNAL_PATH} it ends with is dropped`,
    );
  }
  const base = path.endsWith(SIGNAL_PATH) ? path.slice(0, -SIGNAL_PATH.length) : path;
  const endpoint = new URL(url);
  endpoint.pathname = base;
  const target = new URL(url);
  target.pathname = `${base}${SIGNAL_PATH}`;
  // Without a path and a query, a URL prints a slash that nobody wrote.
  const shown = endpoint.search === "" ? endpoint.href.replace(/\/$/, "") : endpoint.href;
  return { endpoint: shown, url: target.href };
}
