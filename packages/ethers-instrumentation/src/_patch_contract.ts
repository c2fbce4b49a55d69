import {
  ATTR_CONTRACT_ADDRESS,
  ATTR_CONTRACT_METHOD,
  ATTR_CONTRACT_OPERATION,
  ATTR_CONTRACT_SIGNATURE,
  ATTR_ETHERS_LOGS_COUNT,
  ATTR_TX_HASH,
} from "@dcmx-tracing/conventions";
import type { Attributes, Span } from "@opentelemetry/api";
import { fieldsOf } from "./_error_info.ts";
import { type Method, ownsMethods, patchMethod } from "./_patch.ts";
import { patchContractEvents } from "./_patch_contract_events.ts";
import { patchDeployment } from "./_patch_deployment.ts";
import { networkAttributes, type ProviderState } from "./_provider_state.ts";
import { guarded } from "./_report.ts";
import { type ErrorDecoder, revertAttributes } from "./_revert.ts";
import { isAddress, isHash } from "./_rpc_attributes.ts";
import { runSpan } from "./_run_span.ts";
import { stateOf } from "./_state_of.ts";
import { trackTransaction } from "./_tracked_transactions.ts";

/** ethers' contracts, as far as they are used here. */
export interface ContractLike {
  readonly target?: unknown;
  readonly runner?: { readonly provider?: unknown } | null;
  readonly interface?: ErrorDecoder;
}

/** Patches the base class of contracts, if this is its prototype. */
export function patchContract(prototype: object): void {
  if (!ownsMethods(prototype, "getFunction", "queryFilter", "waitForDeployment")) return;
  patchMethod(prototype, "getFunction", observeFunctions);
  patchMethod(prototype, "queryFilter", observeQuery);
  patchContractEvents(prototype);
  patchDeployment(prototype);
}

/** State of the provider behind a contract. */
export function stateOfContract(contract: ContractLike): ProviderState | undefined {
  return stateOf(contract.runner?.provider);
}

/** Attributes that name a contract. */
export function contractAttributes(contract: ContractLike): Attributes {
  return isAddress(contract.target) ? { [ATTR_CONTRACT_ADDRESS]: contract.target } : {};
}

/** A method of a contract as ethers builds it, with its variants as properties. */
type ContractMethod = Method & {
  readonly getFragment?: (...args: unknown[]) => { name: string; constant: boolean; format(): string };
};

/** `contract.mint` is made anew at each access, by `getFunction`. */
function observeFunctions(original: Method): Method {
  return function getFunction(this: object, ...args: unknown[]): unknown {
    const method = original.apply(this, args);
    const state = stateOfContract(this);
    if (state === undefined || typeof method !== "function") return method;
    // getFunction returns what buildWrappedMethod of ethers makes.
    const built = method as ContractMethod;
    return guarded("a contract method could not be wrapped", () => wrap(this, state, built)) ?? method;
  };
}

const VARIANTS: Readonly<Record<string, string>> = {
  send: "send",
  staticCall: "call",
  staticCallResult: "call",
  estimateGas: "estimateGas",
};

function wrap(contract: ContractLike, state: ProviderState, method: ContractMethod): Method {
  const observe =
    (call: Method, operation: string | undefined): Method =>
    // An arrow function, as ethers' own: it has no prototype and ignores `this`.
    (...args: unknown[]) =>
      observeCall(contract, state, method, call, operation, args);
  const wrapped = observe(method, undefined);
  for (const key of Reflect.ownKeys(method)) {
    const descriptor = Object.getOwnPropertyDescriptor(method, key);
    if (descriptor === undefined) continue;
    const operation = typeof key === "string" ? VARIANTS[key] : undefined;
    if (operation !== undefined && typeof descriptor.value === "function") {
      const variant = observe(descriptor.value, operation);
      Object.defineProperty(variant, "name", { value: descriptor.value.name, configurable: true });
      descriptor.value = variant;
    }
    Object.defineProperty(wrapped, key, descriptor);
  }
  return wrapped;
}

function observeCall(
  contract: ContractLike,
  state: ProviderState,
  method: ContractMethod,
  call: Method,
  variant: string | undefined,
  args: unknown[],
): unknown {
  const fragment = guarded("a contract method has no fragment", () => fragmentOf(method, args));
  const name = fragment?.name ?? String(method.name);
  const operation = variant ?? (fragment?.constant ? "call" : "send");
  return runSpan(
    {
      state,
      name: `contract.${name}`,
      enabled: state.options.spans.contract,
      attributes: () => ({
        ...networkAttributes(state),
        ...contractAttributes(contract),
        [ATTR_CONTRACT_METHOD]: name,
        [ATTR_CONTRACT_OPERATION]: operation,
        ...(fragment === undefined ? {} : { [ATTR_CONTRACT_SIGNATURE]: fragment.format() }),
      }),
      onResult: (result) =>
        operation === "send" ? noteContractTransaction(contract, state, name, result) : undefined,
      onError: (error) => revertAttributes(error, contract.interface),
    },
    // ethers' methods are arrow functions.
    () => Reflect.apply(call, undefined, args),
  );
}

function fragmentOf(
  method: ContractMethod,
  args: unknown[],
): ReturnType<NonNullable<ContractMethod["getFragment"]>> | undefined {
  try {
    return method.getFragment?.(...args);
  } catch {
    // The arguments fit no overload; the call itself will say so to the application.
    return undefined;
  }
}

function noteContractTransaction(
  contract: ContractLike,
  state: ProviderState,
  method: string,
  tx: unknown,
): Attributes | undefined {
  const { hash } = fieldsOf(Object(tx));
  if (!isHash(hash)) return undefined;
  const decoder = contract.interface;
  trackTransaction(hash, { method, ...(decoder && { decoder }) }, state.options.maxTrackedTransactions);
  return { [ATTR_TX_HASH]: hash };
}

function observeQuery(original: Method): Method {
  return function queryFilter(this: object, ...args: unknown[]): unknown {
    const state = stateOfContract(this);
    if (state === undefined) return original.apply(this, args);
    return runSpan(
      {
        state,
        name: "contract.queryFilter",
        enabled: state.options.spans.contract,
        attributes: () => ({
          ...networkAttributes(state),
          ...contractAttributes(this),
          [ATTR_CONTRACT_OPERATION]: "queryFilter",
        }),
        onResult: (logs: unknown, _span: Span | undefined) =>
          Array.isArray(logs) ? { [ATTR_ETHERS_LOGS_COUNT]: logs.length } : undefined,
      },
      () => original.apply(this, args),
    );
  };
}
