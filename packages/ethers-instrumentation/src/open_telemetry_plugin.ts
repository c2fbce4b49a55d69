import { instrumentProvider } from "./instrument_provider.ts";
import type { EthersInstrumentationOptions } from "./options.ts";

/** A plugin for `provider.attachPlugin`. */
export interface OpenTelemetryPlugin {
  /** Name under which the provider keeps it. */
  readonly name: string;
  /** Called by ethers when the plugin is attached. */
  connect(provider: object): OpenTelemetryPlugin;
}

/**
 * Makes a plugin that instruments the provider it is attached to: {@linkcode instrumentProvider} in the form that
 * ethers offers for extensions.
 *
 * @param options What differs from the defaults.
 * @returns The plugin. ethers refuses a second plugin of the same name on one provider.
 * @throws RangeError when attached, if an option has a value that is not allowed.
 *
 * @example Attach the plugin
 * ```ts
 * import { openTelemetryPlugin, uninstrument } from "@dcmx-tracing/ethers-instrumentation";
 * import { JsonRpcProvider } from "ethers";
 *
 * const provider = new JsonRpcProvider("http://127.0.0.1:8545").attachPlugin(openTelemetryPlugin());
 * uninstrument(provider);
 * provider.destroy();
 * ```
 */
export function openTelemetryPlugin(options?: EthersInstrumentationOptions): OpenTelemetryPlugin {
  const plugin: OpenTelemetryPlugin = {
    name: PLUGIN_NAME,
    connect(provider) {
      instrumentProvider(provider, options);
      return plugin;
    },
  };
  return plugin;
}

const PLUGIN_NAME = "@dcmx-tracing/ethers-instrumentation";
