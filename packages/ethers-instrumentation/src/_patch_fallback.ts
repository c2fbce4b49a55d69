import {
  ATTR_ETHERS_PROVIDER_OPERATION,
  ATTR_FALLBACK_AGREED,
  ATTR_FALLBACK_LATE,
  ATTR_FALLBACK_QUORUM,
  ATTR_FALLBACK_RUNNERS,
} from "@dcmx-tracing/conventions";
import { type Attributes, context, createContextKey } from "@opentelemetry/api";
import { fieldsOf } from "./_error_info.ts";
import { type Method, ownsMethods, patchMethod } from "./_patch.ts";
import { networkAttributes, toNumber } from "./_provider_state.ts";
import { revertAttributes } from "./_revert.ts";
import { isPromise, runSpan } from "./_run_span.ts";
import { stateOf } from "./_state_of.ts";

const RUN = createContextKey("@dcmx-tracing/ethers-instrumentation fallback");

/** How many backends one request used. */
interface FallbackRun {
  started: number;
  answered: number;
  failed: number;
}

/** Patches the provider that asks several backends, if this is its prototype. */
export function patchFallback(prototype: object): void {
  if (!ownsMethods(prototype, "_translatePerform", "_perform")) return;
  patchMethod(prototype, "_perform", observePerform);
  patchMethod(prototype, "_translatePerform", countRunner);
}

function observePerform(original: Method): Method {
  return function _perform(this: object, ...args: unknown[]): unknown {
    const state = stateOf(this);
    if (state === undefined) return original.apply(this, args);
    const run: FallbackRun = { started: 0, answered: 0, failed: 0 };
    const { method } = fieldsOf(Object(args[0]));
    // Names of requests are fixed in ethers.
    const operation = typeof method === "string" && /^[A-Za-z]{1,40}$/.test(method) ? method : "perform";
    return runSpan(
      {
        state,
        name: `fallback.${operation}`,
        enabled: state.options.spans.fallback,
        attributes: () => {
          const quorum = toNumber(fieldsOf(this).quorum);
          const known = quorum === undefined ? {} : { [ATTR_FALLBACK_QUORUM]: quorum };
          return { ...networkAttributes(state), ...known, [ATTR_ETHERS_PROVIDER_OPERATION]: operation };
        },
        within: (ctx) => ctx.setValue(RUN, run),
        onResult: () => runAttributes(run),
        onError: (error) => ({ ...runAttributes(run), ...revertAttributes(error) }),
      },
      () => original.apply(this, args),
    );
  };
}

function runAttributes({ started, answered, failed }: FallbackRun): Attributes {
  // A broadcast goes to every backend at once and past the runners.
  if (started === 0) return {};
  return {
    [ATTR_FALLBACK_RUNNERS]: started,
    [ATTR_FALLBACK_AGREED]: answered,
    [ATTR_FALLBACK_LATE]: started - answered - failed,
  };
}

function countRunner(original: Method): Method {
  return function _translatePerform(this: object, ...args: unknown[]): unknown {
    // Only observePerform sets this key, to a value of this type.
    const run = context.active().getValue(RUN) as FallbackRun | undefined;
    const outcome = original.apply(this, args);
    if (run === undefined || !isPromise(outcome)) return outcome;
    run.started++;
    return outcome.then(
      (result) => {
        run.answered++;
        return result;
      },
      (error: unknown) => {
        run.failed++;
        throw error;
      },
    );
  };
}
