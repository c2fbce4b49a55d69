import { ATTR_RPC_METHOD, ATTR_SERVER_ADDRESS, ATTR_SERVER_PORT } from "@dcmx-tracing/conventions";
import { type Attributes, SpanKind } from "@opentelemetry/api";
import { fieldsOf } from "./_error_info.ts";
import { isKnownMethod } from "./_known_methods.ts";
import { ownsMethods, patchMethod } from "./_patch.ts";
import { networkAttributes } from "./_provider_state.ts";
import { redactEndpoint } from "./_redact_endpoint.ts";
import { runSpan } from "./_run_span.ts";
import { stateOf } from "./_state_of.ts";

/** Patches the provider that asks Etherscan's REST interface, if this is its prototype. */
export function patchEtherscan(prototype: object): void {
  if (!ownsMethods(prototype, "fetch", "getBaseUrl", "getPostData")) return;
  patchMethod(prototype, "fetch", (original) => {
    return function fetch(this: object, ...args: unknown[]): unknown {
      const state = stateOf(this);
      if (state === undefined) return original.apply(this, args);
      const [module, params] = args;
      const { action } = fieldsOf(Object(params));
      return runSpan(
        {
          state,
          name: `etherscan.${word(module)}.${word(action)}`,
          enabled: state.options.spans.fallback,
          kind: SpanKind.CLIENT,
          attributes: () => ({
            ...networkAttributes(state),
            ...endpointOf(this),
            ...(typeof action === "string" && isKnownMethod(action, state.options.knownMethods)
              ? { [ATTR_RPC_METHOD]: action }
              : {}),
          }),
        },
        () => original.apply(this, args),
      );
    };
  });
}

/** Modules and actions are words; an application may pass anything. */
function word(value: unknown): string {
  return typeof value === "string" && /^[A-Za-z]\w{0,40}$/.test(value) ? value : "other";
}

function endpointOf(provider: object): Attributes {
  const { getBaseUrl } = fieldsOf(provider);
  const url: unknown = typeof getBaseUrl === "function" ? Reflect.apply(getBaseUrl, provider, []) : undefined;
  const endpoint = typeof url === "string" ? redactEndpoint(url) : undefined;
  if (endpoint === undefined) return {};
  const port = endpoint.port === undefined ? {} : { [ATTR_SERVER_PORT]: endpoint.port };
  return { [ATTR_SERVER_ADDRESS]: endpoint.address, ...port };
}
