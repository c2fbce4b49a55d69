/** What a span keeps of a thrown value. */
export interface ErrorDescription {
  /** Class of the error, or the type of a thrown value that is no object. */
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** For `error.type`: the error's code if it has one that is a short word, otherwise its name. */
  readonly type: string;
}

/** Bounds of what is kept: a message is read by people, and a stack repeats itself. */
const MAX_MESSAGE = 1024;
const MAX_STACK = 16_384;
const MAX_CAUSES = 4;

/**
 * Describes any thrown value. Never throws, whatever the value does: a getter, a Proxy or a `toString` that throws
 * only costs the part that it hides.
 *
 * @param error Anything that was thrown or rejected with.
 * @returns The description, bounded in length.
 */
export function describeError(error: unknown): ErrorDescription {
  if ((typeof error !== "object" && typeof error !== "function") || error === null) {
    const name = error === null ? "null" : typeof error;
    return { name, type: name, message: clip(String(error), MAX_MESSAGE), stack: undefined };
  }
  const name = clip(text(error, "name") || className(error) || "Error", 128);
  const code = text(error, "code");
  return {
    name,
    type: code !== undefined && /^[\w.-]{1,64}$/.test(code) ? code : name,
    message: clip(messageOf(error) ?? "", MAX_MESSAGE),
    stack: stackWithCauses(error),
  };
}

/**
 * The message. Errors of ethers have a short one besides, for their long one repeats what was asked: URLs with their
 * keys, calldata, signed transactions.
 */
function messageOf(error: object): string | undefined {
  return text(error, "shortMessage") ?? text(error, "message");
}

/** The stack, which begins with the message; with the short message where there is one. */
function stackOf(error: object): string | undefined {
  const stack = text(error, "stack");
  const short = text(error, "shortMessage");
  const long = text(error, "message");
  if (stack === undefined || short === undefined || !long) return stack;
  return stack.split(long).join(short);
}

function stackWithCauses(error: object): string | undefined {
  let stack = stackOf(error);
  if (stack === undefined) return undefined;
  let cause = read(error, "cause");
  for (let i = 0; i < MAX_CAUSES && typeof cause === "object" && cause !== null; i++) {
    stack += `\nCaused by: ${stackOf(cause) ?? messageOf(cause) ?? "(no message)"}`;
    cause = read(cause, "cause");
  }
  return clip(stack, MAX_STACK);
}

function className(error: object): string | undefined {
  const type = read(error, "constructor");
  return typeof type === "function" ? text(type, "name") : undefined;
}

function text(object: object, key: string): string | undefined {
  const value = read(object, key);
  return typeof value === "string" ? value : undefined;
}

function read(object: object, key: string): unknown {
  try {
    // Any object may be asked for any key; the answer is `unknown`.
    return (object as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

function clip(value: string, max: number): string {
  return value.length > max ? `${value.slice(0, max - 1)}…` : value;
}
