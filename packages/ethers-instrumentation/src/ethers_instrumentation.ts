import type { MeterProvider, TracerProvider } from "@opentelemetry/api";
import {
  InstrumentationBase,
  type InstrumentationConfig,
  InstrumentationNodeModuleDefinition,
  InstrumentationNodeModuleFile,
} from "@opentelemetry/instrumentation";
import { disableNamespace, enableNamespace } from "./_namespace.ts";
import { patchExports } from "./_patch_classes.ts";
import { resolveOptions } from "./_resolve_options.ts";
import { SCOPE_NAME, SCOPE_VERSION } from "./_scope.ts";
import type { EthersInstrumentationOptions } from "./options.ts";

/** Configuration of {@linkcode EthersInstrumentation}: the options of the package and those of every instrumentation. */
export interface EthersInstrumentationConfig extends InstrumentationConfig, EthersInstrumentationOptions {}

/**
 * Instruments ethers v6 when the process loads it, by `require` or, with a loader hook, by `import`. Subpaths such as
 * `ethers/providers` are seen as well. In bundles nothing is loaded that could be seen: use `instrumentEthers` there.
 *
 * @throws RangeError from the constructor if an option has a value that is not allowed.
 *
 * @example Switch it off and on at run time
 * ```ts
 * import { EthersInstrumentation } from "@dcmx-tracing/ethers-instrumentation/auto";
 *
 * const instrumentation = new EthersInstrumentation({ wait: "spans" });
 * instrumentation.disable();
 * console.assert(instrumentation.getConfig().wait === "spans");
 * ```
 */
export class EthersInstrumentation extends InstrumentationBase<EthersInstrumentationConfig> {
  // The base class calls `init` and `enable` from its constructor, before fields of this class would be initialised:
  // declared without a value, so that what they have set stays.
  declare private providers: { tracerProvider?: TracerProvider; meterProvider?: MeterProvider } | undefined;

  /** @param config Options of the package and of every instrumentation. */
  constructor(config: EthersInstrumentationConfig = {}) {
    resolveOptions(config);
    super(SCOPE_NAME, SCOPE_VERSION, config);
  }

  /** Starts recording, for classes that were loaded before as well. */
  override enable(): void {
    super.enable();
    enableNamespace(this, resolveOptions({ ...this.getConfig(), ...this.providers }));
  }

  /** Stops recording. Classes get their own methods back when nothing else instruments ethers. */
  override disable(): void {
    super.disable();
    disableNamespace(this);
  }

  /** Changes the options of the providers that are met from now on. */
  override setConfig(config: EthersInstrumentationConfig): void {
    super.setConfig(config);
    if (this.isEnabled()) this.enable();
  }

  /** Records spans with this provider in place of the global one. */
  override setTracerProvider(tracerProvider: TracerProvider): void {
    super.setTracerProvider(tracerProvider);
    this.providers = { ...this.providers, tracerProvider };
    if (this.isEnabled()) this.enable();
  }

  /** Records metrics with this provider in place of the global one. */
  override setMeterProvider(meterProvider: MeterProvider): void {
    super.setMeterProvider(meterProvider);
    this.providers = { ...this.providers, meterProvider };
    if (this.isEnabled()) this.enable();
  }

  /** Which files of ethers are watched: those that define the classes, so that subpath imports are seen too. */
  protected override init(): InstrumentationNodeModuleDefinition {
    const files = ["lib.commonjs", "lib.esm"].flatMap((folder) =>
      FILES.map(
        (file) =>
          new InstrumentationNodeModuleFile(
            `ethers/${folder}/${file}.js`,
            VERSIONS,
            (exports: object) => {
              patchExports(exports);
              return exports;
            },
            () => undefined,
          ),
      ),
    );
    return new InstrumentationNodeModuleDefinition("ethers", VERSIONS, undefined, undefined, files);
  }
}

const VERSIONS = [">=6.0.0 <7"];

const FILES = [
  "contract/contract",
  "contract/factory",
  "providers/abstract-provider",
  "providers/abstract-signer",
  "providers/ens-resolver",
  "providers/provider",
  "providers/provider-browser",
  "providers/provider-etherscan",
  "providers/provider-fallback",
  "providers/provider-jsonrpc",
  "providers/signer-noncemanager",
  "wallet/base-wallet",
];
