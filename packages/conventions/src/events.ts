/** Event of a span: an exception was recorded. */
export const EVENT_EXCEPTION = "exception" as const;

/** Event of a call: the endpoint asked to slow down, and the call is tried again. */
export const EVENT_RPC_THROTTLED = "rpc.throttled" as const;

/** Event of a call: an attempt failed, and the call is tried again. */
export const EVENT_RPC_ATTEMPT_FAILED = "rpc.attempt_failed" as const;
