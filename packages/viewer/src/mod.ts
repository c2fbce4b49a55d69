/**
 * Traces without a back end: a terminal waterfall.
 *
 * @module
 */
export {};
