import {
  ATTR_ERROR_TYPE,
  ATTR_TX_GAS_LIMIT,
  ATTR_TX_HASH,
  ATTR_TX_MAX_FEE_PER_GAS,
  ATTR_TX_MAX_PRIORITY_FEE_PER_GAS,
  ATTR_TX_NONCE,
  ATTR_TX_STATUS,
  ATTR_TX_TO,
  ATTR_TX_TYPE,
  ATTR_WALLET_ADDRESS,
} from "@dcmx-tracing/conventions";
import { type Attributes, context, type Span } from "@opentelemetry/api";
import { fieldsOf } from "./_error_info.ts";
import { noteFailedNonce, noteSentNonce } from "./_nonce_gap.ts";
import { type Method, ownsMethods, patchMethod, prototypeChain } from "./_patch.ts";
import { networkAttributes, type ProviderState, toNumber } from "./_provider_state.ts";
import { closeOperation, openOperation } from "./_reaper.ts";
import { recordFailure } from "./_record_failure.ts";
import type { OpenOperation } from "./_registry.ts";
import { revertAttributes } from "./_revert.ts";
import { isAddress, isHash } from "./_rpc_attributes.ts";
import { runSpan } from "./_run_span.ts";
import { type Sending, sendingOf, withSending } from "./_sending.ts";
import { stateOf } from "./_state_of.ts";
import { trackTransaction } from "./_tracked_transactions.ts";
import { transactionHash } from "./_transaction_hash.ts";

/** Patches what a class of signers defines itself. */
export function patchSigner(prototype: object): void {
  if (!("populateCall" in prototype)) return;
  if (ownsMethods(prototype, "sendTransaction")) patchMethod(prototype, "sendTransaction", observeSending);
  if (ownsMethods(prototype, "signTransaction")) patchMethod(prototype, "signTransaction", observeSigning);
  // JsonRpcSigner overrides this, and looks up neither nonce nor fees: only the base class is worth a span.
  if (ownsMethods(prototype, "populateTransaction", "populateCall")) {
    patchMethod(prototype, "populateTransaction", observePopulating);
  }
}

function observeSending(original: Method): Method {
  return function sendTransaction(this: object, ...args: unknown[]): unknown {
    const state = stateOf(fieldsOf(this).provider);
    // A signer that wraps another one (NonceManager) sends once.
    if (state === undefined || sendingOf(context.active()) !== undefined) return original.apply(this, args);
    // Signers of the application's own classes sign in methods of their own.
    for (const link of prototypeChain(this)) if (Object.hasOwn(link, "constructor")) patchSigner(link);
    return send(this, state, () => original.apply(this, args));
  };
}

function send(signer: object, state: ProviderState, work: () => unknown): unknown {
  const sending: Sending = {};
  let current: Span | undefined;
  const open: OpenOperation = {
    place: -1,
    startedAt: performance.now(),
    stuckAfterMs: state.options.stuckAfterMs,
    reap: () => {
      current?.setAttributes({ ...failedAttributes(sending), [ATTR_ERROR_TYPE]: "_STUCK" });
      if (current !== undefined) recordFailure(current, undefined, STUCK);
      current?.end();
    },
  };
  openOperation(open);
  return runSpan(
    {
      state,
      name: "signer.sendTransaction",
      enabled: state.options.spans.signer,
      attributes: () => ({ ...networkAttributes(state), ...addressOf(signer) }),
      within: (ctx, span) => {
        current = span;
        return withSending(ctx, sending);
      },
      onResult: (tx, span) => {
        closeOperation(open);
        noteSentNonce(signer, state, fieldsOf(Object(tx)).nonce);
        return sentAttributes(state, tx, span);
      },
      onError: (error) => {
        closeOperation(open);
        noteFailedNonce(signer, sending.nonce);
        return { ...failedAttributes(sending), ...revertAttributes(error) };
      },
    },
    work,
  );
}

const STUCK = {
  type: "_STUCK",
  ethersCode: undefined,
  httpStatus: undefined,
  message: "the transaction has not been found",
};

function sentAttributes(state: ProviderState, tx: unknown, span: Span | undefined): Attributes {
  const { hash, from, to, nonce, type, gasLimit, maxFeePerGas, maxPriorityFeePerGas } = fieldsOf(Object(tx));
  if (isHash(hash)) {
    // Without a span of the signer the one of the broadcast stays.
    const sender = span === undefined ? {} : { span: span.spanContext() };
    trackTransaction(hash, sender, state.options.maxTrackedTransactions);
  }
  return {
    ...networkAttributes(state),
    ...(isHash(hash) ? { [ATTR_TX_HASH]: hash, [ATTR_TX_STATUS]: "pending" } : {}),
    ...(isAddress(from) ? { [ATTR_WALLET_ADDRESS]: from } : {}),
    ...(isAddress(to) ? { [ATTR_TX_TO]: to } : {}),
    ...numbers({
      [ATTR_TX_NONCE]: nonce,
      [ATTR_TX_TYPE]: type,
      [ATTR_TX_GAS_LIMIT]: gasLimit,
      [ATTR_TX_MAX_FEE_PER_GAS]: maxFeePerGas,
      [ATTR_TX_MAX_PRIORITY_FEE_PER_GAS]: maxPriorityFeePerGas,
    }),
  };
}

/** What is known about a transaction whose sending failed: the hash tells whether it went out nevertheless. */
function failedAttributes({ nonce, signed, hash }: Sending): Attributes {
  const known = hash ?? transactionHash(signed);
  return {
    ...numbers({ [ATTR_TX_NONCE]: nonce }),
    ...(known === undefined ? {} : { [ATTR_TX_HASH]: known }),
  };
}

function numbers(values: Readonly<Record<string, unknown>>): Attributes {
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(values)) {
    const number = toNumber(value);
    if (number !== undefined) attributes[name] = number;
  }
  return attributes;
}

function addressOf(signer: object): Attributes {
  const { address, signer: inner } = fieldsOf(signer);
  const known = address ?? fieldsOf(Object(inner)).address;
  return isAddress(known) ? { [ATTR_WALLET_ADDRESS]: known } : {};
}

function observePopulating(original: Method): Method {
  return function populateTransaction(this: object, ...args: unknown[]): unknown {
    const state = stateOf(fieldsOf(this).provider);
    if (state === undefined) return original.apply(this, args);
    const sending = sendingOf(context.active());
    return runSpan(
      {
        state,
        name: "signer.populateTransaction",
        enabled: state.options.spans.signer,
        onResult: (tx) => {
          const { nonce } = fieldsOf(Object(tx));
          if (sending !== undefined) sending.nonce = nonce;
          return numbers({ [ATTR_TX_NONCE]: nonce });
        },
        onError: (error) => revertAttributes(error),
      },
      () => original.apply(this, args),
    );
  };
}

/** Signing happens in one method or in several that call each other; the outermost one is the span. */
const signing = new WeakSet<object>();

function observeSigning(original: Method): Method {
  return function signTransaction(this: object, ...args: unknown[]): unknown {
    const state = stateOf(fieldsOf(this).provider);
    const [tx] = args;
    const nested = typeof tx === "object" && tx !== null && signing.has(tx);
    if (state === undefined || nested) return original.apply(this, args);
    if (typeof tx === "object" && tx !== null) signing.add(tx);
    const sending = sendingOf(context.active());
    const done = (): void => {
      if (typeof tx === "object" && tx !== null) signing.delete(tx);
    };
    return runSpan(
      {
        state,
        name: "signer.signTransaction",
        enabled: state.options.spans.signer,
        onResult: (signed) => {
          done();
          if (sending !== undefined) sending.signed = signed;
          return undefined;
        },
        onError: () => {
          done();
          return undefined;
        },
      },
      () => original.apply(this, args),
    );
  };
}
