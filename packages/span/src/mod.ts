/**
 * Manual OpenTelemetry spans: startSpan, attributes, events, errors and context carriers.
 *
 * @module
 */
export {};
