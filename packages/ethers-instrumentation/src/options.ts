import type { MeterProvider, Span, TextMapPropagator, TracerProvider } from "@opentelemetry/api";

/** Which kinds of spans are recorded; every kind has its metrics in any case. */
export interface SpanLayers {
  /** One CLIENT span per JSON-RPC call. @default true */
  readonly rpc?: boolean;
  /** One CLIENT span per HTTP request that carries several calls. @default true */
  readonly batch?: boolean;
  /** Spans of contract methods, `queryFilter` and deployments. @default true */
  readonly contract?: boolean;
  /** Spans of `sendTransaction`, `populateTransaction` and `signTransaction`. @default true */
  readonly signer?: boolean;
  /** Spans of FallbackProvider and EtherscanProvider requests. @default true */
  readonly fallback?: boolean;
  /** Spans of the provider's own methods, such as `getBalance`; they show answers from ethers' cache. @default false */
  readonly provider?: boolean;
  /**
   * Spans of what takes several calls or goes past the node: ENS names (`resolveName`, `lookupAddress`, `getAvatar`),
   * offchain reads (EIP-3668), and fee data that a network plugin asks of a service. Names and addresses that are looked
   * up are not recorded. @default true
   */
  readonly lookups?: boolean;
  /**
   * A delivered contract event is the root of a trace of its own, linked to the span that registered the listener,
   * or (`off`) has no span.
   *
   * @default "linked-root"
   */
  readonly events?: "linked-root" | "off";
}

/** How the trace context travels to the node. */
export interface PropagationOptions {
  /**
   * `global` is the propagator of the application, `b3` is what Besu reads. Baggage is removed in any case.
   *
   * @default "global"
   */
  readonly format?: "global" | "w3c" | "b3" | TextMapPropagator;
  /** Chooses the endpoints that get the header. @default every endpoint */
  readonly to?: (url: URL) => boolean;
}

/** Feeds a histogram of your own with the gas of transactions that call a contract method. */
export interface GasMetricRule {
  /** Tested against the name of the contract method. */
  readonly match: RegExp;
  /** Name of the histogram (unit `{gas}`). */
  readonly metric: string;
}

/** What the hooks are told about a JSON-RPC call. */
export interface RpcCallInfo {
  /** The method as the application called it. */
  readonly method: string;
  /** The parameters as the application passed them; they may hold secrets. */
  readonly params: unknown;
}

/** Options of the ethers instrumentation. */
export interface EthersInstrumentationOptions {
  /** Which kinds of spans are recorded. */
  readonly spans?: SpanLayers;
  /**
   * `summary` records one span for a `wait()` and counts its RPC calls, `spans` also records those, `off` records
   * neither.
   *
   * @default "summary"
   */
  readonly wait?: "summary" | "spans" | "off";
  /** RPC calls of ethers' pollers: no spans, or traces of their own. @default "suppress" */
  readonly polling?: "suppress" | "root";
  /** JSON-RPC methods without spans; their metrics stay. @default [] */
  readonly ignoreMethods?: readonly string[];
  /** Spans for `eth_chainId`, which ethers calls before most others. @default false */
  readonly chainIdSpans?: boolean;
  /** Records RPC spans only inside an active span. @default false */
  readonly requireParentSpan?: boolean;
  /** Trace context on HTTP requests to the node; `false` sends none. @default on, but off in browsers */
  readonly propagation?: false | PropagationOptions;
  /** Method names beyond the built-in list that may appear as `rpc.method`. @default [] */
  readonly knownMethods?: readonly string[];
  /** Replaces the built-in reduction of the endpoint's URL; what it returns is recorded as it is. */
  readonly redactUrl?: (url: string) => string;
  /** Records contract address, selector, block tag and log range of RPC calls; never calldata. @default false */
  readonly captureParams?: boolean;
  /**
   * Finds out why a mined transaction reverted: by `debug_traceTransaction`, by replaying it with `eth_call` on the
   * block before (approximate), or not at all. Costs one RPC call per reverted transaction.
   *
   * @default "off"
   */
  readonly revertReason?: "off" | "replay" | "trace";
  /**
   * Asks the node, when a `wait` has timed out or is stuck, whether it still knows the transaction: `tx.status` is then
   * `dropped` in place of `timeout` or `pending`. One RPC call per such wait, which the application does not wait for.
   * Without it a transaction counts as dropped only if an answer to the application or to ethers has said so.
   *
   * @default false
   */
  readonly lookUpDropped?: boolean;
  /** Histograms of gas by contract method. @default names that begin with mint or safeMint feed `nft.mint.gas_used` */
  readonly gasMetrics?: readonly GasMetricRule[];
  /** Names of chains by id, before the built-in ones. @default {} */
  readonly networkNames?: Readonly<Record<number, string>>;
  /** Name of the provider, on its spans: for telling endpoints apart whose hosts say little. */
  readonly providerName?: string;
  /**
   * `dup` writes the older names of the RPC conventions beside the stable ones: `rpc.system`, `rpc.service`,
   * `rpc.jsonrpc.*`, and the histogram `rpc.client.duration` in milliseconds.
   *
   * @default "dup" if OTEL_SEMCONV_STABILITY_OPT_IN lists rpc/dup, else "stable"
   */
  readonly semconv?: "stable" | "dup";
  /** `server.address` where it cannot be read from the provider (IPC, custom sockets), or an alias. */
  readonly serverAddress?: string;
  /** A call that has not settled for so long is reported as stuck. @default 300000 */
  readonly stuckAfterMs?: number;
  /** The same for `tx.wait`, which may rightly last long. @default 3600000 */
  readonly waitStuckAfterMs?: number;
  /** Sent transactions that are remembered to link `tx.wait` to them. @default 5000 */
  readonly maxTrackedTransactions?: number;
  /** Adds attributes to an RPC span when it starts. */
  readonly requestHook?: (span: Span, call: RpcCallInfo) => void;
  /** Adds attributes to an RPC span when its result is there. */
  readonly responseHook?: (span: Span, call: RpcCallInfo, result: unknown) => void;
  /** @default the global tracer provider */
  readonly tracerProvider?: TracerProvider;
  /** @default the global meter provider */
  readonly meterProvider?: MeterProvider;
}
