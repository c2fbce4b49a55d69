import { enableNamespace } from "./_namespace.ts";
import { patchExports } from "./_patch_classes.ts";
import { registry } from "./_registry.ts";
import { resolveOptions } from "./_resolve_options.ts";
import type { EthersInstrumentationOptions } from "./options.ts";

/**
 * Instruments all of ethers: every provider, signer, contract and transaction of this process, those that exist and
 * those to come. Options of a provider that was given to {@linkcode instrumentProvider} itself go before these.
 *
 * Works in bundles, with ESM and CommonJS, on Node, Deno and Bun: the classes are changed, not the exports. A process
 * with two copies of ethers (ESM and CommonJS) needs a call for each.
 *
 * @param ethers What `import * as ethers from "ethers"` gives; parts such as `ethers/providers` are accepted as well.
 * @param options What differs from the defaults.
 * @returns The same namespace.
 * @throws TypeError if no class of ethers v6 is among the exports.
 * @throws RangeError if an option has a value that is not allowed.
 *
 * @example Trace everything that ethers does
 * ```ts
 * import { instrumentEthers, uninstrument } from "@dcmx-tracing/ethers-instrumentation";
 * import * as ethers from "ethers";
 *
 * instrumentEthers(ethers);
 * const provider = new ethers.JsonRpcProvider("http://127.0.0.1:8545");
 * // provider, wallets and contracts are traced from here on.
 * uninstrument(ethers);
 * provider.destroy();
 * ```
 */
export function instrumentEthers<E extends object>(ethers: E, options?: EthersInstrumentationOptions): E {
  const resolved = resolveOptions(options);
  const shared = registry();
  patchExports(ethers);
  if (shared.prototypes.size === 0) {
    throw new TypeError(
      "Cannot instrument ethers as the namespace must export classes of ethers v6: current value exports " +
        JSON.stringify(Object.keys(ethers).slice(0, 10)),
    );
  }
  if (options !== undefined || !shared.namespaces.has(ethers)) enableNamespace(ethers, resolved);
  return ethers;
}
