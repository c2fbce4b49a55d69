/** Name of the instrumentation scope of the metrics. */
export const SCOPE_NAME = "@dcmx-tracing/redaction";

/** Version of the instrumentation scope; equals the version of the package (checked by a test). */
export const SCOPE_VERSION = "0.1.0";
