/**
 * OpenTelemetry instrumentation of ethers v6: RPC calls, transactions, gas and reverts.
 *
 * @module
 */
export {};
