/**
 * Instrumentation of ethers without a change of the application: for `registerInstrumentations` and for SDK set-ups
 * that take a list of instrumentations. Needs the package `@opentelemetry/instrumentation`.
 *
 * @example Instrument every ethers that the process loads from now on
 * ```ts
 * import { EthersInstrumentation } from "@dcmx-tracing/ethers-instrumentation/auto";
 * import { registerInstrumentations } from "@opentelemetry/instrumentation";
 *
 * const unregister = registerInstrumentations({ instrumentations: [new EthersInstrumentation()] });
 * unregister();
 * ```
 *
 * @module
 */
export { EthersInstrumentation, type EthersInstrumentationConfig } from "./ethers_instrumentation.ts";
