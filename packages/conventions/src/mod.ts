/**
 * Every attribute and metric name of DCMX Tracing, as typed constants and as data.
 *
 * @module
 */
export {};
