import {
  ATTR_ETHERSCAN_ACTION,
  ATTR_ETHERSCAN_MODULE,
  ATTR_RPC_ATTEMPT,
  ATTR_RPC_METHOD,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  EVENT_RPC_THROTTLED,
} from "@dcmx-tracing/conventions";
import {
  type Attributes,
  context,
  createContextKey,
  propagation,
  type Span,
  SpanKind,
} from "@opentelemetry/api";
import { BESIDE } from "./_beside.ts";
import { fieldsOf } from "./_error_info.ts";
import { instruments } from "./_instruments.ts";
import { isKnownMethod } from "./_known_methods.ts";
import { ownsMethods, patchMethod } from "./_patch.ts";
import { learnChainId, networkAttributes, type ProviderState } from "./_provider_state.ts";
import { redactEndpoint } from "./_redact_endpoint.ts";
import { resultAttributes } from "./_rpc_attributes.ts";
import { runSpan } from "./_run_span.ts";
import { stateOf } from "./_state_of.ts";

const REQUEST = createContextKey("@dcmx-tracing/ethers-instrumentation etherscan");

/** One request to Etherscan, with its retries. */
interface EtherscanRequest {
  readonly state: ProviderState;
  readonly endpoint: Attributes;
  span: Span | undefined;
  throttled: number;
}

/** Patches the provider that asks Etherscan's REST interface, if this is its prototype. */
export function patchEtherscan(prototype: object): void {
  if (!ownsMethods(prototype, "fetch", "getBaseUrl", "getPostData")) return;
  patchMethod(prototype, "fetch", (original) => {
    return function fetch(this: object, ...args: unknown[]): unknown {
      const state = stateOf(this);
      if (state === undefined) return original.apply(this, args);
      // This provider is made for one chain and never asks for it.
      learnChainId(state, fieldsOf(Object(fieldsOf(this).network)).chainId);
      const module = word(args[0]);
      const action = word(fieldsOf(Object(args[1])).action);
      const endpoint = endpointOf(this);
      const request: EtherscanRequest = { state, endpoint, span: undefined, throttled: 0 };
      return runSpan(
        {
          state,
          name: `etherscan.${module}.${action}`,
          enabled: state.options.spans.fallback,
          kind: SpanKind.CLIENT,
          attributes: () => ({
            ...networkAttributes(state),
            ...endpoint,
            [ATTR_ETHERSCAN_MODULE]: module,
            [ATTR_ETHERSCAN_ACTION]: action,
            ...(isKnownMethod(action, state.options.knownMethods) ? { [ATTR_RPC_METHOD]: action } : {}),
          }),
          // Its answers to module proxy are those of a node.
          onResult: (result) => {
            BESIDE.running--;
            return resultAttributes(action, result);
          },
          onError: () => {
            BESIDE.running--;
            return undefined;
          },
          within: (ctx, span) => {
            request.span = span;
            BESIDE.running++;
            return propagation.deleteBaggage(ctx).setValue(REQUEST, request);
          },
        },
        () => original.apply(this, args),
      );
    };
  });
}

/** Notes what ethers tells its `debug` listeners about a request: Etherscan refuses with status 200, and ethers repeats. */
export function noteEtherscan(event: unknown): void {
  // Only patchEtherscan sets this key, to a value of this type.
  const request = context.active().getValue(REQUEST) as EtherscanRequest | undefined;
  if (request === undefined) return;
  const { action, reason } = fieldsOf(Object(event));
  if (action !== "receiveError" || (reason !== "proxy-NOTOK" && reason !== "null result")) return;
  request.throttled++;
  instruments(request.state.options.meterProvider).rateLimited.add(1, request.endpoint);
  request.span?.addEvent(EVENT_RPC_THROTTLED, { [ATTR_RPC_ATTEMPT]: request.throttled });
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
