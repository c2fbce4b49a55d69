import {
  ATTR_RPC_JSONRPC_ERROR_CODE,
  ATTR_RPC_JSONRPC_REQUEST_ID,
  ATTR_RPC_JSONRPC_VERSION,
  ATTR_RPC_METHOD,
  ATTR_RPC_SERVICE,
  ATTR_RPC_SYSTEM,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from "@dcmx-tracing/conventions";
import type { Attributes } from "@opentelemetry/api";

// The RPC conventions up to 1.37, as geth writes them: eth_getBalance is the method getBalance of the service eth.
// Source: https://github.com/open-telemetry/semantic-conventions/blob/v1.37.0/docs/rpc/json-rpc.md

/** Older names for the span of a call. `rpc.method` is a name of both conventions and keeps its stable value. */
export function olderSpanAttributes(method: string | undefined): Attributes {
  const { service } = partsOf(method);
  return {
    [ATTR_RPC_SYSTEM]: "jsonrpc",
    [ATTR_RPC_JSONRPC_VERSION]: "2.0",
    ...(service === undefined ? {} : { [ATTR_RPC_SERVICE]: service }),
  };
}

/** Attributes of `rpc.client.duration`. */
export function olderMetricAttributes(method: string | undefined, stable: Attributes): Attributes {
  const { service, name } = partsOf(method);
  const attributes: Attributes = { [ATTR_RPC_METHOD]: name, [ATTR_RPC_SYSTEM]: "jsonrpc" };
  if (service !== undefined) attributes[ATTR_RPC_SERVICE] = service;
  for (const key of [ATTR_SERVER_ADDRESS, ATTR_SERVER_PORT]) {
    if (stable[key] !== undefined) attributes[key] = stable[key];
  }
  return attributes;
}

/** Older names for what a call has learnt when it ends. */
export function olderEndAttributes(id: unknown, status: string | undefined): Attributes {
  const code = Number(status);
  return {
    ...(id === undefined ? {} : { [ATTR_RPC_JSONRPC_REQUEST_ID]: String(id) }),
    ...(status !== undefined && Number.isInteger(code) ? { [ATTR_RPC_JSONRPC_ERROR_CODE]: code } : {}),
  };
}

function partsOf(method: string | undefined): { service: string | undefined; name: string } {
  if (method === undefined) return { service: undefined, name: "_OTHER" };
  const at = method.indexOf("_");
  return at <= 0
    ? { service: undefined, name: method }
    : { service: method.slice(0, at), name: method.slice(at + 1) };
}
