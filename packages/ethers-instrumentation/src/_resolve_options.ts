import { METRIC_NFT_MINT_GAS_USED } from "@dcmx-tracing/conventions";
import type { MeterProvider, TracerProvider } from "@opentelemetry/api";
import { type Semconv, semconvOfEnvironment } from "./_semconv.ts";
import type {
  EthersInstrumentationOptions,
  GasMetricRule,
  PropagationOptions,
  SpanLayers,
} from "./options.ts";

/** Options with every default filled in. */
export interface ResolvedOptions {
  /** The options as they were given. */
  readonly given: EthersInstrumentationOptions;
  readonly spans: Required<SpanLayers>;
  readonly wait: "summary" | "spans" | "off";
  readonly polling: "suppress" | "root";
  readonly spanless: ReadonlySet<string>;
  readonly requireParentSpan: boolean;
  readonly propagation: Required<PropagationOptions> | undefined;
  readonly knownMethods: ReadonlySet<string>;
  readonly redactUrl: ((url: string) => string) | undefined;
  readonly captureParams: boolean;
  readonly revertReason: "off" | "replay" | "trace";
  readonly lookUpDropped: boolean;
  readonly gasMetrics: readonly GasMetricRule[];
  readonly networkNames: Readonly<Record<number, string>>;
  readonly providerName: string | undefined;
  readonly semconv: Semconv;
  readonly serverAddress: string | undefined;
  readonly stuckAfterMs: number;
  readonly waitStuckAfterMs: number;
  readonly maxTrackedTransactions: number;
  readonly requestHook: EthersInstrumentationOptions["requestHook"] | undefined;
  readonly responseHook: EthersInstrumentationOptions["responseHook"] | undefined;
  readonly tracerProvider: TracerProvider | undefined;
  readonly meterProvider: MeterProvider | undefined;
}

/**
 * Checks the options and fills in the defaults.
 *
 * @throws RangeError naming the option, the rule and the value.
 */
export function resolveOptions(options: EthersInstrumentationOptions = {}): ResolvedOptions {
  requireOneOf("wait", options.wait, ["summary", "spans", "off"]);
  requireOneOf("polling", options.polling, ["suppress", "root"]);
  requireOneOf("revertReason", options.revertReason, ["off", "replay", "trace"]);
  requireOneOf("semconv", options.semconv, ["stable", "dup"]);
  requireOneOf("spans.events", options.spans?.events, ["linked-root", "off"]);
  const { chainIdSpans = false, ignoreMethods = [], propagation = isBrowser() ? false : {} } = options;
  return {
    given: options,
    spans: { ...DEFAULT_LAYERS, ...options.spans },
    wait: options.wait ?? "summary",
    polling: options.polling ?? "suppress",
    spanless: new Set(chainIdSpans ? ignoreMethods : [...ignoreMethods, "eth_chainId"]),
    requireParentSpan: options.requireParentSpan ?? false,
    propagation: propagation === false ? undefined : { format: "global", to: everywhere, ...propagation },
    knownMethods: new Set(options.knownMethods),
    redactUrl: options.redactUrl,
    captureParams: options.captureParams ?? false,
    revertReason: options.revertReason ?? "off",
    lookUpDropped: options.lookUpDropped ?? false,
    gasMetrics: options.gasMetrics ?? DEFAULT_GAS_METRICS,
    networkNames: options.networkNames ?? {},
    providerName: options.providerName,
    semconv: options.semconv ?? semconvOfEnvironment(),
    serverAddress: options.serverAddress,
    stuckAfterMs: requirePositive("stuckAfterMs", options.stuckAfterMs ?? 300_000),
    waitStuckAfterMs: requirePositive("waitStuckAfterMs", options.waitStuckAfterMs ?? 3_600_000),
    maxTrackedTransactions: requirePositive("maxTrackedTransactions", options.maxTrackedTransactions ?? 5000),
    requestHook: options.requestHook,
    responseHook: options.responseHook,
    tracerProvider: options.tracerProvider,
    meterProvider: options.meterProvider,
  };
}

const DEFAULT_LAYERS: Required<SpanLayers> = {
  rpc: true,
  batch: true,
  contract: true,
  signer: true,
  fallback: true,
  provider: false,
  lookups: true,
  events: "linked-root",
};

const DEFAULT_GAS_METRICS: readonly GasMetricRule[] = [
  { match: /^(safe)?mint/i, metric: METRIC_NFT_MINT_GAS_USED },
];

/** The default of `propagation.to`; known by identity, so that nobody parses a URL for it. */
export function everywhere(): boolean {
  return true;
}

/** In browsers a header of our own makes the request subject to a CORS preflight that most endpoints refuse. */
function isBrowser(): boolean {
  return "document" in globalThis && "window" in globalThis;
}

function requireOneOf(name: string, value: string | undefined, allowed: readonly string[]): void {
  if (value === undefined || allowed.includes(value)) return;
  const rule = allowed.map((item) => `'${item}'`).join(", ");
  throw new RangeError(
    `Cannot instrument ethers as '${name}' must be one of ${rule}: current value is '${value}'`,
  );
}

function requirePositive(name: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw new RangeError(
    `Cannot instrument ethers as '${name}' must be a positive number: current value is ${value}`,
  );
}
