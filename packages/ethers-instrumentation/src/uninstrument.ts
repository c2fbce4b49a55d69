import { disableNamespace, restoreUnused } from "./_namespace.ts";
import { unpatch } from "./_patch.ts";
import { providerBehind } from "./_provider_behind.ts";
import { registry } from "./_registry.ts";

/**
 * Takes the instrumentation of a provider, of a namespace, or of the provider behind a signer or contract back. Calls
 * in flight still end their spans. When nothing is instrumented
 * any more, the classes of ethers get their own methods back.
 *
 * @param target What was instrumented.
 * @returns The same object; one that was not instrumented is left alone.
 *
 * @example Stop tracing a provider
 * ```ts
 * import { instrumentProvider, uninstrument } from "@dcmx-tracing/ethers-instrumentation";
 * import { JsonRpcProvider } from "ethers";
 *
 * const send = JsonRpcProvider.prototype.send;
 * const provider = instrumentProvider(new JsonRpcProvider("http://127.0.0.1:8545"));
 * uninstrument(provider);
 * console.assert(JsonRpcProvider.prototype.send === send);
 * provider.destroy();
 * ```
 */
export function uninstrument<T extends object>(target: T): T {
  const shared = registry();
  const state = shared.states.get(target);
  if (state) {
    shared.states.set(target, null);
    for (const object of state.patched) unpatch(object);
    for (const backend of state.backends) uninstrument(backend);
    shared.users--;
    restoreUnused();
  } else if (!disableNamespace(target)) {
    const provider = providerBehind(target);
    if (provider !== undefined && provider !== target) uninstrument(provider);
  }
  return target;
}
