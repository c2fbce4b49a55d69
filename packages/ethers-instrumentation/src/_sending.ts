import { type Context, createContextKey } from "@opentelemetry/api";

/** What becomes known while a transaction is prepared, for the span of its sending. */
export interface Sending {
  nonce?: unknown;
  /** The signed transaction; its hash is computed only if it is needed. */
  signed?: unknown;
  hash?: string;
}

const SENDING = createContextKey("@dcmx-tracing/ethers-instrumentation sending");

/** The sending that this context belongs to. */
export function sendingOf(ctx: Context): Sending | undefined {
  // Only withSending sets this key, to a value of this type.
  return ctx.getValue(SENDING) as Sending | undefined;
}

/** The context of a sending. */
export function withSending(ctx: Context, sending: Sending): Context {
  return ctx.setValue(SENDING, sending);
}
