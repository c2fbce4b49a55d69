import { fieldsOf } from "./_error_info.ts";
import { prototypeChain } from "./_patch.ts";
import { isAbstractProvider } from "./_patch_abstract_provider.ts";
import { patchClassesOf } from "./_patch_classes.ts";
import { isJsonRpcBase, patchForeignSend, patchTransport } from "./_patch_json_rpc.ts";
import { createState, forgetAttributes } from "./_provider_state.ts";
import { registry } from "./_registry.ts";
import { reportOnce } from "./_report.ts";
import { type ResolvedOptions, resolveOptions } from "./_resolve_options.ts";
import type { EthersInstrumentationOptions } from "./options.ts";

/**
 * Instruments one provider: a CLIENT span and a duration per JSON-RPC call, with its right parent even when ethers
 * sends calls of several traces in one request, and one `tx.wait` span per `wait()`.
 *
 * Any provider of ethers v6 is accepted, subclasses included, and any object with `send(method, params)`. Calling it
 * again changes the options. To instrument every provider of a process, use {@linkcode instrumentEthers}.
 *
 * @param provider The provider; it is changed in place, no wrapper is made.
 * @param options What differs from the defaults.
 * @returns The same provider.
 * @throws TypeError if this is neither a provider of ethers v6 nor an object with `send`.
 * @throws RangeError if an option has a value that is not allowed.
 *
 * @example Trace the calls of one provider
 * ```ts
 * import { instrumentProvider, uninstrument } from "@dcmx-tracing/ethers-instrumentation";
 * import { JsonRpcProvider } from "ethers";
 *
 * const provider = instrumentProvider(new JsonRpcProvider("http://127.0.0.1:8545"));
 * // Every call of `provider` is traced from here on.
 * uninstrument(provider);
 * provider.destroy();
 * ```
 */
export function instrumentProvider<P extends object>(provider: P, options?: EthersInstrumentationOptions): P {
  const resolved = resolveOptions(options);
  const { states } = registry();
  const existing = states.get(provider);
  if (existing) {
    if (options !== undefined) {
      existing.options = resolved;
      forgetAttributes(existing);
      reportOnce("a provider was instrumented again: the options that were given last hold");
    }
    return provider;
  }
  install(provider, resolved);
  return provider;
}

function install(provider: object, options: ResolvedOptions): void {
  const shared = registry();
  const chain = [...prototypeChain(provider)];
  const isJsonRpc = chain.some(isJsonRpcBase);
  if (!isJsonRpc && !chain.some(isAbstractProvider)) requireSend(provider);
  const state = createState(provider, options);
  if (isJsonRpc) patchTransport(provider, state);
  if (chain.some(isAbstractProvider)) patchClassesOf(provider);
  else {
    state.patched.add(provider);
    patchForeignSend(provider);
  }
  shared.states.set(provider, state);
  shared.users++;
  for (const backend of backendsOf(provider)) {
    // A backend that the application has instrumented itself keeps its options, and stays instrumented after this one.
    if (shared.states.get(backend)) continue;
    instrumentProvider(backend, options.given);
    state.backends.push(backend);
  }
}

/** The providers behind a FallbackProvider. */
function backendsOf(provider: object): object[] {
  if (!("providerConfigs" in provider) || !Array.isArray(provider.providerConfigs)) return [];
  return provider.providerConfigs.flatMap((config: unknown) => {
    const { provider: backend } = fieldsOf(Object(config));
    return typeof backend === "object" && backend !== null ? [backend] : [];
  });
}

function requireSend(provider: object): void {
  if ("send" in provider && typeof provider.send === "function") return;
  throw new TypeError(
    "Cannot instrument the provider as it must be a provider of ethers v6 or have a method 'send': " +
      `current value is an object with the keys ${JSON.stringify(Object.keys(provider).slice(0, 10))}`,
  );
}
