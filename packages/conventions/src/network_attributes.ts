import { defineAttribute } from "./_define_attribute.ts";
import type { AttributeDefinition } from "./attribute_definition.ts";

/** Host of the endpoint, without keys. */
export const ATTR_SERVER_ADDRESS = "server.address" as const;

/** Port of the endpoint. */
export const ATTR_SERVER_PORT = "server.port" as const;

/** Transport of the connection. */
export const ATTR_NETWORK_TRANSPORT = "network.transport" as const;

/** How often the request was sent again. */
export const ATTR_HTTP_REQUEST_RESEND_COUNT = "http.request.resend_count" as const;

/** Status code of the HTTP response. */
export const ATTR_HTTP_RESPONSE_STATUS_CODE = "http.response.status_code" as const;

/** URL of a request, recorded only after keys and credentials were removed from it. */
export const ATTR_URL_FULL = "url.full" as const;

/** Definitions of the attributes of the connection to an endpoint. */
export const NETWORK_ATTRIBUTES: readonly AttributeDefinition[] = [
  defineAttribute(
    ATTR_SERVER_ADDRESS,
    "string",
    "low",
    "public",
    "stable",
    "opentelemetry",
    "Host of the endpoint, without keys.",
  ),
  defineAttribute(
    ATTR_SERVER_PORT,
    "int",
    "low",
    "public",
    "stable",
    "opentelemetry",
    "Port of the endpoint.",
  ),
  defineAttribute(
    ATTR_NETWORK_TRANSPORT,
    "string",
    "fixed",
    "public",
    "stable",
    "opentelemetry",
    "Transport of the connection.",
    { values: ["tcp", "pipe", "unix"] },
  ),
  defineAttribute(
    ATTR_HTTP_REQUEST_RESEND_COUNT,
    "int",
    "low",
    "public",
    "stable",
    "opentelemetry",
    "How often the request was sent again.",
  ),
  defineAttribute(
    ATTR_HTTP_RESPONSE_STATUS_CODE,
    "int",
    "low",
    "public",
    "stable",
    "opentelemetry",
    "Status code of the HTTP response.",
  ),
  defineAttribute(
    ATTR_URL_FULL,
    "string",
    "high",
    "secret",
    "stable",
    "opentelemetry",
    "URL of a request, recorded only after keys and credentials were removed from it.",
  ),
];
