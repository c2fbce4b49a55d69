import {
  ATTR_BLOCKCHAIN_CHAIN_ID,
  ATTR_BLOCKCHAIN_NETWORK,
  ATTR_BLOCKCHAIN_PROVIDER_NAME,
  ATTR_BLOCKCHAIN_RPC_URL,
  ATTR_JSONRPC_PROTOCOL_VERSION,
  ATTR_NETWORK_TRANSPORT,
  ATTR_RPC_METHOD,
  ATTR_RPC_METHOD_ORIGINAL,
  ATTR_RPC_SYSTEM_NAME,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from "@dcmx-tracing/conventions";
import { type Attributes, SpanKind, type SpanOptions } from "@opentelemetry/api";
import { GAUGES, type Series, seriesOf } from "./_gauges.ts";
import { isKnownMethod } from "./_known_methods.ts";
import { networkName } from "./_networks.ts";
import { olderMetricAttributes, olderSpanAttributes } from "./_older_names.ts";
import { type Endpoint, redactEndpoint } from "./_redact_endpoint.ts";
import type { ResolvedOptions } from "./_resolve_options.ts";
import type { RpcCall } from "./_rpc_call.ts";

/** What is known about one instrumented provider. */
export interface ProviderState {
  options: ResolvedOptions;
  /** Objects with patches of their own, to be taken back with the provider. */
  readonly patched: Set<object>;
  /** Providers that were instrumented along with this one. */
  readonly backends: object[];
  readonly endpoint: Endpoint | undefined;
  readonly transport: string | undefined;
  chainId: number | undefined;
  /** Attribute sets by method; emptied when the chain becomes known. */
  readonly methods: Map<string, MethodAttributes>;
  /** Calls whose parameters cannot be told apart by identity, oldest first. */
  readonly unkeyed: RpcCall[];
  chainIdCalls: number;
  /** Whether ethers holds calls back to send several at once. */
  readonly batches: boolean;
  /** Attributes of metrics that do not belong to one method. */
  shared: Attributes | undefined;
}

/** Attribute sets that all calls of one method share: building them for each call would cost more than the span. */
export interface MethodAttributes {
  readonly spanName: string;
  readonly spanOptions: SpanOptions;
  readonly metric: Attributes;
  /** Attributes of the older metric, where it is wanted. */
  readonly older: Attributes | undefined;
  readonly active: Series;
  /** Whether the chain was known when the sets were made. */
  readonly chainKnown: boolean;
}

/** Makes the state of a provider; reads its URL and network if they are known already. */
export function createState(provider: object, options: ResolvedOptions): ProviderState {
  const url = readUrl(provider);
  return {
    options,
    patched: new Set(),
    backends: [],
    endpoint: describeEndpoint(url, options),
    // IpcSocketProvider shows its socket, but not the path.
    transport: url !== undefined ? "tcp" : "socket" in provider ? "unix" : undefined,
    chainId: readChainId(provider),
    methods: new Map(),
    unkeyed: [],
    chainIdCalls: 0,
    batches: readOption(provider, "batchMaxCount") !== 1,
    shared: undefined,
  };
}

/** Attributes for calls of a method. */
export function methodAttributes(state: ProviderState, method: string): MethodAttributes {
  const cached = state.methods.get(method);
  if (cached !== undefined) return cached;
  const known = isKnownMethod(method, state.options.knownMethods);
  const name = known ? method : "_OTHER";
  const metric = sorted({ ...sharedAttributes(state), [ATTR_RPC_METHOD]: name });
  const span: Attributes = { ...metric, [ATTR_JSONRPC_PROTOCOL_VERSION]: "2.0", ...networkAttributes(state) };
  // An unknown name may be anything, even a secret that was passed by mistake; it is kept only if it looks like a name.
  if (!known && /^[A-Za-z]\w{0,63}$/.test(method)) span[ATTR_RPC_METHOD_ORIGINAL] = method;
  const active = seriesOf(GAUGES.active, metric);
  const dup = state.options.semconv === "dup";
  if (dup) Object.assign(span, olderSpanAttributes(known ? method : undefined));
  const older = dup ? olderMetricAttributes(known ? method : undefined, metric) : undefined;
  const spanOptions: SpanOptions = { kind: SpanKind.CLIENT, attributes: span };
  const made: MethodAttributes = {
    spanName: known ? method : "jsonrpc",
    spanOptions,
    metric,
    older,
    active,
    chainKnown: state.chainId !== undefined,
  };
  // Unknown names are not cached: there is no bound on their number.
  if (known) state.methods.set(method, made);
  return made;
}

/** The metrics SDK sorts the keys of every measurement; keys that are in order already cost it less. */
function sorted(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Attributes of metrics about the endpoint as a whole. */
export function sharedAttributes(state: ProviderState): Attributes {
  state.shared ??= sorted({ [ATTR_RPC_SYSTEM_NAME]: "jsonrpc", ...endpointAttributes(state) });
  return state.shared;
}

/** Endpoint and chain, for spans and metrics. */
export function endpointAttributes(state: ProviderState): Attributes {
  const attributes: Attributes = {};
  if (state.endpoint?.address !== undefined) attributes[ATTR_SERVER_ADDRESS] = state.endpoint.address;
  if (state.endpoint?.port !== undefined) attributes[ATTR_SERVER_PORT] = state.endpoint.port;
  if (state.chainId !== undefined) attributes[ATTR_BLOCKCHAIN_CHAIN_ID] = state.chainId;
  return attributes;
}

/** Chain and network of the provider, for spans. */
export function networkAttributes(state: ProviderState): Attributes {
  const attributes: Attributes = {};
  if (state.endpoint?.url) attributes[ATTR_BLOCKCHAIN_RPC_URL] = state.endpoint.url;
  if (state.options.providerName !== undefined) {
    attributes[ATTR_BLOCKCHAIN_PROVIDER_NAME] = state.options.providerName;
  }
  if (state.transport !== undefined) attributes[ATTR_NETWORK_TRANSPORT] = state.transport;
  if (state.chainId !== undefined) {
    attributes[ATTR_BLOCKCHAIN_CHAIN_ID] = state.chainId;
    const name = networkName(state.chainId, state.options.networkNames);
    if (name !== undefined) attributes[ATTR_BLOCKCHAIN_NETWORK] = name;
  }
  return attributes;
}

/** Takes note of the chain id when it is learnt from an answer. */
export function learnChainId(state: ProviderState, value: unknown): void {
  const chainId = toNumber(value);
  if (chainId === undefined || chainId === state.chainId) return;
  state.chainId = chainId;
  forgetAttributes(state);
}

/** Drops attribute sets that were made from older knowledge or options. */
export function forgetAttributes(state: ProviderState): void {
  state.methods.clear();
  state.shared = undefined;
}

/** A block number, chain id or gas figure as JSON-RPC or ethers give it; undefined when it is none or too large. */
export function toNumber(value: unknown): number | undefined {
  const number =
    typeof value === "string" && /^0x[0-9a-f]{1,16}$/i.test(value)
      ? Number(value)
      : typeof value === "bigint"
        ? Number(value)
        : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

function describeEndpoint(url: string | undefined, options: ResolvedOptions): Endpoint | undefined {
  const endpoint = url === undefined ? undefined : redactEndpoint(url);
  const address = options.serverAddress ?? endpoint?.address;
  if (address === undefined) return undefined;
  const shown = url !== undefined && options.redactUrl !== undefined ? options.redactUrl(url) : endpoint?.url;
  return { url: shown ?? "", address, port: endpoint?.port };
}

/** The parts of ethers' providers that tell where they connect to. */
interface Locatable {
  readonly _getConnection?: () => { readonly url?: unknown };
  readonly websocket?: { readonly url?: unknown };
  readonly _getOption?: (name: string) => unknown;
  readonly _network?: { readonly chainId?: unknown };
}

function readUrl(provider: Locatable): string | undefined {
  try {
    const url =
      typeof provider._getConnection === "function" ? provider._getConnection().url : provider.websocket?.url;
    return typeof url === "string" ? url : undefined;
  } catch {
    // A closed WebSocketProvider throws here; it has no endpoint any more.
    return undefined;
  }
}

function readOption(provider: Locatable, name: string): unknown {
  try {
    return provider._getOption?.(name);
  } catch {
    // An object that only looks like a provider of ethers has no such options.
    return undefined;
  }
}

function readChainId(provider: Locatable): number | undefined {
  try {
    return toNumber(provider._network?.chainId);
  } catch {
    // ethers throws from this getter until the network is known; the first eth_chainId answer tells it.
    return undefined;
  }
}
