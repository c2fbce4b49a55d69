import { ATTR_ETHERS_CACHE_HIT } from "@dcmx-tracing/conventions";
import { context, createContextKey } from "@opentelemetry/api";
import { type Method, ownsMethods, patchMethod } from "./_patch.ts";
import { networkAttributes } from "./_provider_state.ts";
import { runSpan } from "./_run_span.ts";
import { stateOf } from "./_state_of.ts";

const OPERATION = createContextKey("@dcmx-tracing/ethers-instrumentation operation");

/** One call of a provider's method. */
interface Operation {
  performed: boolean;
}

/** The methods that ask the chain; each may be answered from a cache of 250 ms. */
const METHODS = [
  "broadcastTransaction",
  "call",
  "estimateGas",
  "getBalance",
  "getBlock",
  "getBlockNumber",
  "getCode",
  "getFeeData",
  "getLogs",
  "getStorage",
  "getTransaction",
  "getTransactionCount",
  "getTransactionReceipt",
  "lookupAddress",
  "resolveName",
];

/** Patches the methods that applications call, for spans of their own; they are off by default. */
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

function observe(name: string, original: Method): Method {
  return function (this: object, ...args: unknown[]): unknown {
    const state = stateOf(this);
    // Methods call each other; the one that the application called is the span.
    const nested = context.active().getValue(OPERATION) !== undefined;
    if (state === undefined || !state.options.spans.provider || nested) return original.apply(this, args);
    const operation: Operation = { performed: false };
    return runSpan(
      {
        state,
        name: `provider.${name}`,
        enabled: true,
        attributes: () => networkAttributes(state),
        within: (ctx) => ctx.setValue(OPERATION, operation),
        onResult: () => (operation.performed ? undefined : { [ATTR_ETHERS_CACHE_HIT]: true }),
      },
      () => original.apply(this, args),
    );
  };
}
