import {
  ATTR_ETHERS_CACHE_HIT,
  ATTR_ETHERS_PROVIDER_OPERATION,
  ATTR_SERVER_ADDRESS,
} from "@dcmx-tracing/conventions";
import { type Attributes, context, createContextKey } from "@opentelemetry/api";
import { withoutTrace } from "./_contexts.ts";
import { fieldsOf } from "./_error_info.ts";
import { type Method, ownsMethods, patchMethod } from "./_patch.ts";
import { networkAttributes } from "./_provider_state.ts";
import { redactEndpoint } from "./_redact_endpoint.ts";
import { runSpan } from "./_run_span.ts";
import { stateOf } from "./_state_of.ts";

const OPERATION = createContextKey("@dcmx-tracing/ethers-instrumentation operation");

/** One call of a provider's method. */
interface Operation {
  performed: boolean;
}

/** The methods that ask the chain once; each may be answered from a cache of 250 ms. */
const REQUESTS: ReadonlySet<string> = new Set([
  "call",
  "estimateGas",
  "getBalance",
  "getBlock",
  "getBlockNumber",
  "getCode",
  "getLogs",
  "getStorage",
  "getTransaction",
  "getTransactionCount",
  "getTransactionReceipt",
]);

/** The methods that find something out by several calls of contracts. */
const LOOKUPS: ReadonlySet<string> = new Set(["getAvatar", "lookupAddress", "resolveName"]);

const METHODS = [...REQUESTS, ...LOOKUPS, "broadcastTransaction", "getFeeData"];

/** Patches the methods that applications call, for spans of their own; most are off by default. */
export function patchProviderMethods(prototype: object): void {
  for (const name of METHODS) patchMethod(prototype, name, (original) => observe(name, original));
}

/** Notes when a provider does what was asked in place of answering from its cache. */
export function patchPerform(prototype: object): void {
  if (!ownsMethods(prototype, "_perform")) return;
  patchMethod(prototype, "_perform", (original) => {
    return function _perform(this: object, ...args: unknown[]): unknown {
      // Only observe sets this key, to a value of this type.
      const operation = context.active().getValue(OPERATION) as Operation | undefined;
      if (operation !== undefined) operation.performed = true;
      return original.apply(this, args);
    };
  });
}

/** An avatar can be asked of the resolver of a name as well, which goes past the provider. */
export function patchEnsResolver(prototype: object): void {
  if (!ownsMethods(prototype, "getAvatar", "getText", "getContentHash")) return;
  patchMethod(prototype, "getAvatar", (original) => observe("getAvatar", original));
}

function observe(name: string, original: Method): Method {
  return function (this: object, ...args: unknown[]): unknown {
    // A resolver has a provider, and a provider has one too: itself.
    const provider = fieldsOf(this).provider ?? this;
    const state = stateOf(provider);
    // Methods call each other; the one that the application called is the span.
    if (state === undefined || context.active().getValue(OPERATION) !== undefined) {
      return original.apply(this, args);
    }
    const { spans } = state.options;
    const service = name === "getFeeData" && spans.lookups ? feeService(Object(provider)) : undefined;
    const enabled = spans.provider || (spans.lookups && LOOKUPS.has(name)) || service !== undefined;
    // The picture may be on any host: nothing may be sent there.
    if (!enabled && name !== "getAvatar") return original.apply(this, args);
    const operation: Operation = { performed: false };
    return runSpan(
      {
        state,
        name: `provider.${name}`,
        enabled,
        attributes: () => ({
          ...networkAttributes(state),
          [ATTR_ETHERS_PROVIDER_OPERATION]: name,
          ...service,
        }),
        within: (ctx) => (name === "getAvatar" ? withoutTrace(ctx) : ctx).setValue(OPERATION, operation),
        onResult: () =>
          operation.performed || !REQUESTS.has(name) ? undefined : { [ATTR_ETHERS_CACHE_HIT]: true },
      },
      () => original.apply(this, args),
    );
  };
}

/** The service that a network plugin asks for fee data, past the node; undefined when there is none. */
function feeService(provider: object): Attributes | undefined {
  const network = knownNetwork(provider);
  const { getPlugin } = fieldsOf(Object(network));
  if (typeof getPlugin !== "function") return undefined;
  const plugin: unknown = Reflect.apply(getPlugin, network, [FEE_PLUGIN]);
  const { url } = fieldsOf(Object(plugin));
  const address = typeof url === "string" ? redactEndpoint(url)?.address : undefined;
  return address ? { [ATTR_SERVER_ADDRESS]: address } : undefined;
}

const FEE_PLUGIN = "org.ethers.plugins.network.FetchUrlFeeDataPlugin";

function knownNetwork(provider: object): unknown {
  try {
    return fieldsOf(provider)._network;
  } catch {
    // ethers throws from this getter until the network is known.
    return undefined;
  }
}
