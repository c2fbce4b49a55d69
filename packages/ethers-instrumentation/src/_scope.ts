/** Name of the instrumentation scope that spans and metrics carry. */
export const SCOPE_NAME = "@dcmx-tracing/ethers-instrumentation";

/** Version of the instrumentation scope; equals the version of the package (checked by a test). */
export const SCOPE_VERSION = "0.1.0";
