import {
  ATTR_CONTRACT_ADDRESS,
  ATTR_EVENT_SIGNATURE,
  ATTR_TX_BLOCK_NUMBER,
  ATTR_TX_HASH,
} from "@dcmx-tracing/conventions";
import { type Attributes, context, type Link, ROOT_CONTEXT, SpanKind, trace } from "@opentelemetry/api";
import { fieldsOf } from "./_error_info.ts";
import { type Method, patchMethod } from "./_patch.ts";
import { stateOfContract } from "./_patch_contract.ts";
import { networkAttributes, type ProviderState, toNumber } from "./_provider_state.ts";
import { isAddress, isHash } from "./_rpc_attributes.ts";
import { runSpan } from "./_run_span.ts";

/** Patches registration and removal of contract listeners. */
export function patchContractEvents(prototype: object): void {
  patchMethod(prototype, "on", observeListener);
  patchMethod(prototype, "once", observeListener);
  patchMethod(prototype, "off", removeWrapper);
  patchMethod(prototype, "listeners", showOriginals);
}

// One wrapper for a listener of a contract, whatever the number of events it is registered for: `off` must find it.
const wrappers = new WeakMap<object, WeakMap<object, Delivery>>();
const originals = new WeakMap<object, object>();

interface Delivery {
  readonly wrapper: Method;
  /** The span that registered the listener last. */
  link: Link | undefined;
}

function observeListener(original: Method): Method {
  return function (this: object, ...args: unknown[]): unknown {
    const [event, listener] = args;
    const state = stateOfContract(this);
    const wanted = state !== undefined && state.options.spans.events === "linked-root";
    if (!wanted || typeof listener !== "function") return original.apply(this, args);
    // Anything callable may be called with any arguments.
    const { wrapper } = deliveryOf(this, listener as Method);
    return original.call(this, event, wrapper);
  };
}

function deliveryOf(contract: object, listener: Method): Delivery {
  const ofContract = wrappers.get(contract) ?? new WeakMap<object, Delivery>();
  wrappers.set(contract, ofContract);
  const active = trace.getSpanContext(context.active());
  const link = active === undefined ? undefined : { context: active };
  const existing = ofContract.get(listener);
  if (existing !== undefined) {
    existing.link = link;
    return existing;
  }
  const wrapper: Method = function (this: unknown, ...args: unknown[]): unknown {
    // The contract may have been disconnected from the instrumentation since.
    const state = stateOfContract(contract);
    const call = (): unknown => Reflect.apply(listener, this, args);
    return state === undefined ? call() : deliver(state, delivery.link, args, call);
  };
  const delivery: Delivery = { wrapper, link };
  ofContract.set(listener, delivery);
  originals.set(wrapper, listener);
  return delivery;
}

/** Delivers an event as the root of a trace: the trace that registered the listener has long ended. */
function deliver(
  state: ProviderState,
  link: Link | undefined,
  args: unknown[],
  call: () => unknown,
): unknown {
  const payload = fieldsOf(Object(args.at(-1)));
  const fragment = fieldsOf(Object(payload.fragment));
  return runSpan(
    {
      state,
      name: `contract.event ${typeof fragment.name === "string" ? fragment.name : "unknown"}`,
      enabled: true,
      kind: SpanKind.CONSUMER,
      parent: ROOT_CONTEXT,
      links: link === undefined ? [] : [link],
      attributes: () => ({ ...networkAttributes(state), ...eventAttributes(payload) }),
    },
    call,
  );
}

function eventAttributes(payload: Readonly<Record<string, unknown>>): Attributes {
  const { address, transactionHash, blockNumber } = fieldsOf(Object(payload.log));
  const { eventSignature } = payload;
  const block = toNumber(blockNumber);
  return {
    ...(isAddress(address) ? { [ATTR_CONTRACT_ADDRESS]: address } : {}),
    ...(typeof eventSignature === "string" ? { [ATTR_EVENT_SIGNATURE]: eventSignature } : {}),
    ...(isHash(transactionHash) ? { [ATTR_TX_HASH]: transactionHash } : {}),
    ...(block === undefined ? {} : { [ATTR_TX_BLOCK_NUMBER]: block }),
  };
}

function removeWrapper(original: Method): Method {
  return function off(this: object, ...args: unknown[]): unknown {
    const [event, listener] = args;
    const delivery = typeof listener === "function" ? wrappers.get(this)?.get(listener) : undefined;
    if (delivery === undefined) return original.apply(this, args);
    return removeBoth(original, this, event, delivery.wrapper, listener);
  };
}

/** A listener that was registered before the instrumentation is on the list as itself. */
async function removeBoth(
  original: Method,
  contract: object,
  event: unknown,
  wrapper: Method,
  listener: unknown,
): Promise<unknown> {
  await original.call(contract, event, wrapper);
  return original.call(contract, event, listener);
}

function showOriginals(original: Method): Method {
  return async function listeners(this: object, ...args: unknown[]): Promise<unknown> {
    const list: unknown = await original.apply(this, args);
    return Array.isArray(list) ? list.map((item: unknown) => originals.get(Object(item)) ?? item) : list;
  };
}
