import {
  ATTR_CCIP_ATTEMPTS,
  ATTR_CCIP_GATEWAYS,
  ATTR_CONTRACT_ADDRESS,
  ATTR_ERROR_TYPE,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_RPC_ATTEMPT,
  ATTR_SERVER_ADDRESS,
  EVENT_RPC_ATTEMPT_FAILED,
} from "@dcmx-tracing/conventions";
import { type Attributes, context, createContextKey, type Span, SpanKind } from "@opentelemetry/api";
import { BESIDE } from "./_beside.ts";
import { withoutTrace } from "./_contexts.ts";
import { errorInfo, fieldsOf } from "./_error_info.ts";
import { ownsMethods, patchMethod } from "./_patch.ts";
import { redactEndpoint } from "./_redact_endpoint.ts";
import { isAddress } from "./_rpc_attributes.ts";
import { runSpan } from "./_run_span.ts";
import { stateOf } from "./_state_of.ts";

const READ = createContextKey("@dcmx-tracing/ethers-instrumentation ccip");

/** One offchain read: ethers asks the gateways in turn until one has the answer. */
interface CcipRead {
  span: Span | undefined;
  attempts: number;
  host: string | undefined;
  status: number | undefined;
}

/**
 * Patches offchain reads (EIP-3668). Their gateways are chosen by a contract, not by the application: only the name of
 * the host is recorded, as the path carries the calldata, and neither trace context nor baggage reaches them, not even
 * by way of an HTTP instrumentation.
 */
export function patchCcip(prototype: object): void {
  if (!ownsMethods(prototype, "ccipReadFetch")) return;
  patchMethod(prototype, "ccipReadFetch", (original) => {
    return function ccipReadFetch(this: object, ...args: unknown[]): unknown {
      const state = stateOf(this);
      const [tx, , urls] = args;
      // A subclass may call the method of the base.
      const nested = readOf() !== undefined;
      if (state === undefined || nested || !Array.isArray(urls) || urls.length === 0) {
        return original.apply(this, args);
      }
      const read: CcipRead = { span: undefined, attempts: 0, host: undefined, status: undefined };
      return runSpan(
        {
          state,
          name: "provider.ccipReadFetch",
          enabled: state.options.spans.lookups,
          kind: SpanKind.CLIENT,
          attributes: () => ({ ...contractOf(tx), [ATTR_CCIP_GATEWAYS]: urls.length }),
          within: (ctx, span) => {
            read.span = span;
            BESIDE.running++;
            return withoutTrace(ctx).setValue(READ, read);
          },
          onResult: () => readAttributes(read),
          onError: () => readAttributes(read),
        },
        () => original.apply(this, args),
      );
    };
  });
}

/** Whether the active context is that of an offchain read. */
export function isOffchainRead(): boolean {
  return readOf() !== undefined;
}

/** Notes what ethers tells its `debug` listeners, also when there are none, about the requests of an offchain read. */
export function noteOffchainRead(event: unknown): void {
  const read = readOf();
  if (read === undefined) return;
  const { action, request, result } = fieldsOf(Object(event));
  if (action === "sendCcipReadFetchRequest") {
    const { url } = fieldsOf(Object(request));
    read.attempts++;
    read.status = undefined;
    read.host = (typeof url === "string" ? redactEndpoint(url)?.address : undefined) || undefined;
    if (typeof request === "object" && request !== null) watchStatus(read, request);
  } else if (action === "receiveCcipReadFetchError") {
    const { error } = fieldsOf(Object(result));
    read.span?.addEvent(EVENT_RPC_ATTEMPT_FAILED, {
      [ATTR_RPC_ATTEMPT]: read.attempts,
      ...hostAttributes(read),
      [ATTR_ERROR_TYPE]: error === undefined ? String(read.status ?? "_OTHER") : errorInfo(error).type,
    });
  }
}

/** The request is ethers' own and of this attempt alone. */
function watchStatus(read: CcipRead, request: object): void {
  const { getUrlFunc } = fieldsOf(request);
  if (typeof getUrlFunc !== "function") return;
  const observed = async (...args: unknown[]): Promise<unknown> => {
    const response: unknown = await Reflect.apply(getUrlFunc, undefined, args);
    const { statusCode } = fieldsOf(Object(response));
    if (typeof statusCode === "number") read.status = statusCode;
    return response;
  };
  Reflect.set(request, "getUrlFunc", observed);
}

function readOf(): CcipRead | undefined {
  // Only patchCcip sets this key, to a value of this type.
  return context.active().getValue(READ) as CcipRead | undefined;
}

function contractOf(tx: unknown): Attributes {
  const { to } = fieldsOf(Object(tx));
  return isAddress(to) ? { [ATTR_CONTRACT_ADDRESS]: to } : {};
}

/** Called once, at the end of a read. */
function readAttributes(read: CcipRead): Attributes {
  BESIDE.running--;
  return { ...hostAttributes(read), [ATTR_CCIP_ATTEMPTS]: read.attempts };
}

function hostAttributes({ host, status }: CcipRead): Attributes {
  return {
    ...(host === undefined ? {} : { [ATTR_SERVER_ADDRESS]: host }),
    ...(status === undefined ? {} : { [ATTR_HTTP_RESPONSE_STATUS_CODE]: status }),
  };
}
