import { defineAttribute } from "./_define_attribute.ts";
import type { AttributeDefinition } from "./attribute_definition.ts";

/** System of the call; jsonrpc here. */
export const ATTR_RPC_SYSTEM_NAME = "rpc.system.name" as const;

/** Known method, or _OTHER. */
export const ATTR_RPC_METHOD = "rpc.method" as const;

/** Method as called, when rpc.method is _OTHER. */
export const ATTR_RPC_METHOD_ORIGINAL = "rpc.method_original" as const;

/** Code of the JSON-RPC error, as a string. */
export const ATTR_RPC_STATUS_CODE = "rpc.status_code" as const;

/** Id of the request on the wire. */
export const ATTR_JSONRPC_REQUEST_ID = "jsonrpc.request.id" as const;

/** Version of JSON-RPC; 2.0 here. */
export const ATTR_JSONRPC_PROTOCOL_VERSION = "jsonrpc.protocol.version" as const;

/** Calls that travelled in one batch. */
export const ATTR_RPC_BATCH_SIZE = "rpc.batch.size" as const;

/** Time between the call and its sending, in milliseconds. */
export const ATTR_RPC_QUEUE_DURATION_MS = "rpc.queue.duration_ms" as const;

/** Number of the attempt; attribute of an event. */
export const ATTR_RPC_ATTEMPT = "rpc.attempt" as const;

/** Value of the Retry-After header; attribute of an event. */
export const ATTR_RPC_RETRY_AFTER = "rpc.retry_after" as const;

/** Replaced by rpc.system.name; emitted when OTEL_SEMCONV_STABILITY_OPT_IN asks for rpc/dup. */
export const ATTR_RPC_SYSTEM = "rpc.system" as const;

/** Namespace of the method; emitted when OTEL_SEMCONV_STABILITY_OPT_IN asks for rpc/dup. */
export const ATTR_RPC_SERVICE = "rpc.service" as const;

/** Replaced by jsonrpc.protocol.version; emitted on request only. */
export const ATTR_RPC_JSONRPC_VERSION = "rpc.jsonrpc.version" as const;

/** Replaced by jsonrpc.request.id; emitted on request only. */
export const ATTR_RPC_JSONRPC_REQUEST_ID = "rpc.jsonrpc.request_id" as const;

/** Replaced by rpc.status_code; emitted on request only. */
export const ATTR_RPC_JSONRPC_ERROR_CODE = "rpc.jsonrpc.error_code" as const;

/** Message of the JSON-RPC error; emitted on request only. */
export const ATTR_RPC_JSONRPC_ERROR_MESSAGE = "rpc.jsonrpc.error_message" as const;

/** Definitions of the attributes of remote procedure calls. */
export const RPC_ATTRIBUTES: readonly AttributeDefinition[] = [
  defineAttribute(
    ATTR_RPC_SYSTEM_NAME,
    "string",
    "fixed",
    "public",
    "stable",
    "opentelemetry",
    "System of the call; jsonrpc here.",
    { values: ["jsonrpc"] },
  ),
  defineAttribute(
    ATTR_RPC_METHOD,
    "string",
    "low",
    "public",
    "stable",
    "opentelemetry",
    "Known method, or _OTHER.",
  ),
  defineAttribute(
    ATTR_RPC_METHOD_ORIGINAL,
    "string",
    "high",
    "public",
    "stable",
    "opentelemetry",
    "Method as called, when rpc.method is _OTHER.",
  ),
  defineAttribute(
    ATTR_RPC_STATUS_CODE,
    "string",
    "low",
    "public",
    "stable",
    "opentelemetry",
    "Code of the JSON-RPC error, as a string.",
  ),
  defineAttribute(
    ATTR_JSONRPC_REQUEST_ID,
    "string",
    "high",
    "public",
    "development",
    "opentelemetry",
    "Id of the request on the wire.",
  ),
  defineAttribute(
    ATTR_JSONRPC_PROTOCOL_VERSION,
    "string",
    "fixed",
    "public",
    "development",
    "opentelemetry",
    "Version of JSON-RPC; 2.0 here.",
    { values: ["2.0"] },
  ),
  defineAttribute(
    ATTR_RPC_BATCH_SIZE,
    "int",
    "low",
    "public",
    "development",
    "ethers",
    "Calls that travelled in one batch.",
  ),
  defineAttribute(
    ATTR_RPC_QUEUE_DURATION_MS,
    "double",
    "high",
    "public",
    "development",
    "ethers",
    "Time between the call and its sending, in milliseconds.",
  ),
  defineAttribute(
    ATTR_RPC_ATTEMPT,
    "int",
    "low",
    "public",
    "development",
    "ethers",
    "Number of the attempt; attribute of an event.",
  ),
  defineAttribute(
    ATTR_RPC_RETRY_AFTER,
    "string",
    "low",
    "public",
    "development",
    "ethers",
    "Value of the Retry-After header; attribute of an event.",
  ),
  defineAttribute(
    ATTR_RPC_SYSTEM,
    "string",
    "fixed",
    "public",
    "deprecated",
    "opentelemetry",
    "Replaced by rpc.system.name; emitted when OTEL_SEMCONV_STABILITY_OPT_IN asks for rpc/dup.",
  ),
  defineAttribute(
    ATTR_RPC_SERVICE,
    "string",
    "low",
    "public",
    "deprecated",
    "opentelemetry",
    "Namespace of the method; emitted when OTEL_SEMCONV_STABILITY_OPT_IN asks for rpc/dup.",
  ),
  defineAttribute(
    ATTR_RPC_JSONRPC_VERSION,
    "string",
    "fixed",
    "public",
    "deprecated",
    "opentelemetry",
    "Replaced by jsonrpc.protocol.version; emitted on request only.",
  ),
  defineAttribute(
    ATTR_RPC_JSONRPC_REQUEST_ID,
    "string",
    "high",
    "public",
    "deprecated",
    "opentelemetry",
    "Replaced by jsonrpc.request.id; emitted on request only.",
  ),
  defineAttribute(
    ATTR_RPC_JSONRPC_ERROR_CODE,
    "int",
    "low",
    "public",
    "deprecated",
    "opentelemetry",
    "Replaced by rpc.status_code; emitted on request only.",
  ),
  defineAttribute(
    ATTR_RPC_JSONRPC_ERROR_MESSAGE,
    "string",
    "high",
    "public",
    "deprecated",
    "opentelemetry",
    "Message of the JSON-RPC error; emitted on request only.",
  ),
];
