/** What may be told about an error: classes, codes and known phrases, never the text of a third party. */
export interface ErrorInfo {
  /** Value of `error.type`. */
  readonly type: string;
  /** The code of ethers' own errors, such as `CALL_EXCEPTION`. */
  readonly ethersCode: string | undefined;
  /** The HTTP status behind the error. */
  readonly httpStatus: number | undefined;
  /** One line without secrets. */
  readonly message: string;
}

/**
 * Describes an error without quoting it. `message` and `stack` of ethers' errors hold the URL with its key and the
 * signed transaction, so only `shortMessage` is read, and of other errors only class and system error code.
 */
export function errorInfo(error: unknown): ErrorInfo {
  if (typeof error !== "object" || error === null) return { ...UNKNOWN, message: "a value was thrown" };
  try {
    return describeObject(error);
  } catch {
    // A getter of the error has thrown; whatever it hides is not worth a second error.
    return UNKNOWN;
  }
}

const UNKNOWN: ErrorInfo = {
  type: "_OTHER",
  ethersCode: undefined,
  httpStatus: undefined,
  message: "an error without a description",
};

function describeObject(error: object): ErrorInfo {
  const { code, shortMessage, syscall, name } = fieldsOf(error);
  if (typeof shortMessage === "string" && typeof code === "string" && ETHERS_CODES.has(code))
    return ethersError(error, code, shortMessage);
  const systemCode = typeof code === "string" && /^E[A-Z0-9_]{2,40}$/.test(code) ? code : undefined;
  const type =
    systemCode ?? (typeof name === "string" && /^[A-Z][A-Za-z]{0,40}$/.test(name) ? name : "Error");
  const call = typeof syscall === "string" && /^\w{1,20}$/.test(syscall) ? `${syscall} ` : "";
  return {
    type,
    ethersCode: undefined,
    httpStatus: undefined,
    message: systemCode === undefined ? type : `${call}${systemCode}`,
  };
}

/** Codes of ethers 6: they become metric attributes, so that no other object may bring codes of its own. */
const ETHERS_CODES: ReadonlySet<string> = new Set(
  `ACTION_REJECTED BAD_DATA BUFFER_OVERRUN CALL_EXCEPTION CANCELLED INSUFFICIENT_FUNDS INVALID_ARGUMENT
   MISSING_ARGUMENT NETWORK_ERROR NONCE_EXPIRED NOT_IMPLEMENTED NUMERIC_FAULT OFFCHAIN_FAULT
   REPLACEMENT_UNDERPRICED SERVER_ERROR TIMEOUT TRANSACTION_REPLACED UNCONFIGURED_NAME UNEXPECTED_ARGUMENT
   UNKNOWN_ERROR UNSUPPORTED_OPERATION VALUE_MISMATCH`.split(/\s+/),
);

function ethersError(error: object, code: string, shortMessage: string): ErrorInfo {
  const { response } = fieldsOf(error);
  const status: unknown =
    code === "SERVER_ERROR" && typeof response === "object" && response !== null
      ? fieldsOf(response).statusCode
      : undefined;
  const httpStatus = typeof status === "number" && status >= 400 && status < 599 ? status : undefined;
  return {
    type: httpStatus === undefined ? code : String(httpStatus),
    ethersCode: code,
    httpStatus,
    message: ethersMessage(code, shortMessage, httpStatus),
  };
}

/** ethers writes its short messages itself, with two exceptions: the status text and the reason of a revert. */
function ethersMessage(code: string, shortMessage: string, httpStatus: number | undefined): string {
  if (code === "SERVER_ERROR" && httpStatus !== undefined) return `server response ${httpStatus}`;
  if (code === "CALL_EXCEPTION" && shortMessage.startsWith("execution reverted")) return "execution reverted";
  return FIXED_MESSAGES.find((known) => shortMessage.startsWith(known)) ?? code;
}

// Short messages of ethers 6 that hold no value of the call. Any other one is replaced by the code of the error.
const FIXED_MESSAGES: readonly string[] = [
  "bad response data",
  "cannot override data",
  "cannot override to",
  "contract runner does not",
  "could not coalesce error",
  "could not decode result data",
  "exceeded maximum retry limit",
  "failed to bootstrap network detection",
  "insecure authorized connections unsupported",
  "insufficient funds for intrinsic transaction cost",
  "insufficient funds",
  "legacy pre-eip-155 transactions not supported",
  "missing provider",
  "missing response for request",
  "missing revert data",
  "network changed",
  "network does not support",
  "no matching fragment",
  "nonce has already been used",
  "provider destroyed; cancelled request",
  "quorum not met",
  "replacement fee too low",
  "request cancelled before sending",
  "request cancelled",
  "request timeout",
  "response body is not valid JSON",
  "response body is not valid UTF-8 data",
  "timeout",
  "transaction execution reverted",
  "transaction was replaced",
  "unsupported operation",
  "user rejected action",
  "wait for transaction timeout",
];

/** An object's properties, for reading ones that may be absent. */
export function fieldsOf(value: object): Readonly<Record<string, unknown>> {
  // Every property of an object can be read; the values are unknown.
  return value as Readonly<Record<string, unknown>>;
}

/**
 * The frames of a stack without its first lines, which repeat the message.
 *
 * @returns Undefined when the error has no stack.
 */
export function framesOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || typeof error.stack !== "string") return undefined;
  const frames = error.stack.split("\n").filter((line) => /^\s+at \S.*:\d+:\d+\)?$/.test(line));
  // A module loaded from a URL may carry a query.
  return frames.map((line) => line.replace(/\?[^\s)]*(?=:\d+:\d+)/, "")).join("\n");
}

/** The phrases by which nodes name the usual refusals; what a node says beyond them is not recorded. */
const NODE_PHRASES: readonly string[] = [
  "already known",
  "batch limit exceeded",
  "block range",
  "execution reverted",
  "exceeds block gas limit",
  "filter not found",
  "gas required exceeds allowance",
  "header not found",
  "insufficient funds",
  "intrinsic gas too low",
  "invalid argument",
  "invalid sender",
  "max fee per gas less than block base fee",
  "method not found",
  "missing trie node",
  "more than 10000 results",
  "nonce too high",
  "nonce too low",
  "out of gas",
  "rate limit",
  "replacement transaction underpriced",
  "request timed out",
  "too many requests",
  "transaction underpriced",
  "unknown block",
];

/** What codes stand for. Sources: JSON-RPC 2.0, EIP-1474, EIP-1193. */
const CODES: Readonly<Record<string, string>> = {
  "-32700": "parse error",
  "-32600": "invalid request",
  "-32601": "method not found",
  "-32602": "invalid params",
  "-32603": "internal error",
  "-32000": "invalid input",
  "-32001": "resource not found",
  "-32002": "resource unavailable",
  "-32003": "transaction rejected",
  "-32004": "method not supported",
  "-32005": "limit exceeded",
  "4001": "user rejected request",
  "4100": "unauthorized",
  "4200": "unsupported method",
  "4900": "disconnected",
  "4901": "chain disconnected",
};

/** The known phrase in the message of a JSON-RPC error, else what its code stands for. */
export function nodePhrase(message: unknown, code: string | undefined): string | undefined {
  const text = typeof message === "string" ? message.slice(0, 1000).toLowerCase() : "";
  return (
    NODE_PHRASES.find((phrase) => text.includes(phrase)) ?? (code === undefined ? undefined : CODES[code])
  );
}

/** ethers hides the status of an answer that it gave up on; the transport has seen it. */
export function withHttpStatus(info: ErrorInfo, status: number | undefined): ErrorInfo {
  if (info.ethersCode !== "SERVER_ERROR" || info.httpStatus !== undefined) return info;
  if (status === undefined || status < 400) return info;
  return { ...info, httpStatus: status, type: String(status), message: `server response ${status}` };
}
