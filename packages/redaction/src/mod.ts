/**
 * Keeps private keys, mnemonics and credentials out of exported telemetry.
 *
 * @module
 */
export {};
