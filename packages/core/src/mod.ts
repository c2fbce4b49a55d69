/**
 * Tracing set-up in one call: validated configuration, export, sampling and lifecycle.
 *
 * @module
 */
export {};
