import { errorType } from "@dcmx-tracing/span/kernel";
import { metrics } from "@opentelemetry/api";
/** The buckets that OpenTelemetry's conventions recommend for durations in seconds. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
/**
 * Makes what records durations of one operation, with whatever meter provider is registered when a call ends.
 *
 * @param operation Gives the name of the operation.
 * @returns The function to be called at the end of every call.
 */
export function durationRecorder(operation) {
    let seen;
    let histogram;
    return ({ seconds, failed, error, context }) => {
        const provider = metrics.getMeterProvider();
        if (histogram === undefined || provider !== seen) {
            seen = provider;
            histogram = provider.getMeter("@dcmx-tracing/decorators").createHistogram(instrumentName(operation()), {
                unit: "s",
                description: "Duration of the operation.",
                advice: { explicitBucketBoundaries: SECONDS },
            });
        }
        histogram.record(seconds, failed ? { "error.type": errorType(error) } : {}, context);
    };
}
/** OpenTelemetry's instrument names begin with a letter and hold letters, digits and `_.-/`. */
function instrumentName(operation) {
    const name = operation.replace(/[^\w./-]/g, "_").replace(/^[^A-Za-z]+/, "");
    return `${name.slice(0, 240) || "operation"}.duration`;
}
