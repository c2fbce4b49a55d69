import { ATTR_CONTRACT_ADDRESS, ATTR_CONTRACT_OPERATION, ATTR_TX_HASH } from "@dcmx-tracing/conventions";
import { suppress, withWaitCounters } from "./_contexts.ts";
import { fieldsOf } from "./_error_info.ts";
import { type Method, ownsMethods, patchMethod } from "./_patch.ts";
import { type ContractLike, contractAttributes, stateOfContract } from "./_patch_contract.ts";
import { networkAttributes } from "./_provider_state.ts";
import { revertAttributes } from "./_revert.ts";
import { isAddress, isHash } from "./_rpc_attributes.ts";
import { runSpan } from "./_run_span.ts";

/** Patches the factory of contracts, if this is its prototype. */
export function patchContractFactory(prototype: object): void {
  if (!ownsMethods(prototype, "deploy", "getDeployTransaction")) return;
  patchMethod(prototype, "deploy", observeDeploy);
}

/** Patches the wait for a deployment. */
export function patchDeployment(prototype: object): void {
  patchMethod(prototype, "waitForDeployment", observeWaitForDeployment);
}

function observeDeploy(original: Method): Method {
  return function deploy(this: ContractLike, ...args: unknown[]): unknown {
    const state = stateOfContract(this);
    if (state === undefined) return original.apply(this, args);
    return runSpan(
      {
        state,
        name: "contract.deploy",
        enabled: state.options.spans.contract,
        attributes: () => ({ ...networkAttributes(state), [ATTR_CONTRACT_OPERATION]: "deploy" }),
        onResult: (contract) => {
          const { target, deploymentTransaction } = fieldsOf(Object(contract));
          const tx: unknown =
            typeof deploymentTransaction === "function"
              ? Reflect.apply(deploymentTransaction, contract, [])
              : undefined;
          const { hash } = fieldsOf(Object(tx));
          return {
            ...(isAddress(target) ? { [ATTR_CONTRACT_ADDRESS]: target } : {}),
            ...(isHash(hash) ? { [ATTR_TX_HASH]: hash } : {}),
          };
        },
        onError: (error) => revertAttributes(error, this.interface),
      },
      () => original.apply(this, args),
    );
  };
}

/** With a deployment transaction this is a `wait` and has its span; without one, ethers polls for the code. */
function observeWaitForDeployment(original: Method): Method {
  return function waitForDeployment(this: object, ...args: unknown[]): unknown {
    const state = stateOfContract(this);
    const { deploymentTransaction } = fieldsOf(this);
    const deployed =
      typeof deploymentTransaction === "function"
        ? Reflect.apply(deploymentTransaction, this, [])
        : undefined;
    if (state === undefined || deployed) return original.apply(this, args);
    return runSpan(
      {
        state,
        name: "contract.waitForDeployment",
        enabled: state.options.spans.contract,
        attributes: () => ({ ...networkAttributes(state), ...contractAttributes(this) }),
        within: (ctx) => suppress(withWaitCounters(ctx, { rpcCalls: 0, blocks: new Set() })),
      },
      () => original.apply(this, args),
    );
  };
}
