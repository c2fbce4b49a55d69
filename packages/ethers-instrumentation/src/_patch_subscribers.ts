import { context } from "@opentelemetry/api";
import { backgroundContext } from "./_contexts.ts";
import { type Method, patchMethod } from "./_patch.ts";
import { guarded } from "./_report.ts";
import { stateOf } from "./_state_of.ts";

/**
 * Moves the pollers and subscriptions of one provider out of the trace of whoever registered the first listener. They
 * serve all listeners and outlive that trace; with its context they would add spans to it for as long as they run.
 */
export function patchSubscribers(provider: object): void {
  patchMethod(provider, "_getSubscriber", (original) => {
    return function _getSubscriber(this: object, ...args: unknown[]): unknown {
      const subscriber = original.apply(this, args);
      if (stateOf(this) !== undefined && typeof subscriber === "object" && subscriber !== null) {
        guarded("a subscriber could not be detached", () => detach(this, subscriber));
      }
      return subscriber;
    };
  });
}

/** A subscriber that ethers puts in the place of another one, where a node knows no filters, comes past `_getSubscriber`. */
export function detachSuccessor(original: Method): Method {
  return function _recoverSubscriber(this: object, ...args: unknown[]): unknown {
    const [, successor] = args;
    if (stateOf(this) !== undefined && typeof successor === "object" && successor !== null) {
      guarded("a subscriber could not be detached", () => detach(this, successor));
    }
    return original.apply(this, args);
  };
}

/** What ethers' subscribers do on their own or in the name of the last listener. */
const METHODS = ["start", "stop", "pause", "resume", "_handleMessage"];

function detach(provider: object, subscriber: object): void {
  for (const name of METHODS) patchMethod(subscriber, name, (original) => inBackground(provider, original));
}

function inBackground(provider: object, original: Method): Method {
  return function (this: object, ...args: unknown[]): unknown {
    const state = stateOf(provider);
    if (state === undefined) return original.apply(this, args);
    return context.with(backgroundContext(state.options.polling), () => original.apply(this, args));
  };
}
