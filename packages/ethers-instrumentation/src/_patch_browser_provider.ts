import { ATTR_WALLET_ADDRESS } from "@dcmx-tracing/conventions";
import { SpanKind } from "@opentelemetry/api";
import { fieldsOf } from "./_error_info.ts";
import { ownsMethods, patchMethod } from "./_patch.ts";
import { networkAttributes } from "./_provider_state.ts";
import { isAddress } from "./_rpc_attributes.ts";
import { runSpan } from "./_run_span.ts";
import { stateOf } from "./_state_of.ts";

/**
 * Patches the provider of a browser's wallet, if this is its prototype. `getSigner` asks the user for the accounts past
 * `send`, so without a span of its own the time that the prompt is open would be unexplained.
 */
export function patchBrowserProvider(prototype: object): void {
  if (!ownsMethods(prototype, "getSigner", "hasSigner")) return;
  patchMethod(prototype, "getSigner", (original) => {
    return function getSigner(this: object, ...args: unknown[]): unknown {
      const state = stateOf(this);
      if (state === undefined) return original.apply(this, args);
      return runSpan(
        {
          state,
          name: "provider.getSigner",
          enabled: state.options.spans.signer,
          kind: SpanKind.CLIENT,
          attributes: () => networkAttributes(state),
          onResult: (signer) => {
            const { address } = fieldsOf(Object(signer));
            return isAddress(address) ? { [ATTR_WALLET_ADDRESS]: address } : undefined;
          },
        },
        () => original.apply(this, args),
      );
    };
  });
}
