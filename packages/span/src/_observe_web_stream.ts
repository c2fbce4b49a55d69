import type { Call } from "./_call.ts";
import { observeIterator } from "./_observe_iterator.ts";
import { observePromise } from "./_observe_promise.ts";
import { type AnyMethod, methodOf, patch, patchMethods } from "./_patch.ts";
import { runIn } from "./_run_in.ts";

/**
 * Ends a call when a ReadableStream was read to its end, cancelled, or failed; reading runs in the context of the
 * call. The stream stays the object that it is, locked or not as before. What reads it from inside the platform, such
 * as Deno's and Bun's HTTP servers, is not seen; then the call is abandoned some time later.
 *
 * @returns `false` if the stream does not let itself be observed.
 */
export function observeReadableStream(stream: ReadableStream, call: Call): boolean {
  if (stream.locked) return false;
  return (
    patchMethods(stream, {
      ...passing(stream, call, "getReader", (reader) => observeReader(reader, call)),
      ...passing(stream, call, "values", (iterator) => observeIterator(iterator, () => call)),
      ...passing(stream, call, Symbol.asyncIterator, (iterator) => observeIterator(iterator, () => call)),
      ...passing(stream, call, "tee", (branches) => observeBranches(branches, call)),
      ...settling(stream, call, "pipeTo"),
      ...settling(stream, call, "cancel"),
      ...pipingThrough(stream),
    }) !== undefined
  );
}

/** A method that runs in the context of the call and whose result is looked at. */
function passing(
  target: object,
  call: Call,
  key: PropertyKey,
  look: (result: object) => unknown,
): Record<PropertyKey, unknown> {
  const original = methodOf(target, key);
  if (original === undefined) return {};
  return {
    [key](this: unknown, ...args: unknown[]): unknown {
      if (call.over) return Reflect.apply(original, this, args);
      call.touch();
      const result = runIn(call.context, original, this, args);
      if (typeof result === "object" && result !== null) look(result);
      return result;
    },
  };
}

/** A method whose promise ends the call. */
function settling(
  target: object,
  call: Call,
  key: PropertyKey,
  result?: unknown,
): Record<PropertyKey, unknown> {
  const original = methodOf(target, key);
  if (original === undefined) return {};
  return {
    [key](this: unknown, ...args: unknown[]): unknown {
      if (call.over) return Reflect.apply(original, this, args);
      call.touch();
      const promise = runIn(call.context, original, this, args);
      const seen = observePromise(promise, call, () => call.succeed(result));
      return seen ?? promise;
    },
  };
}

/** The standard defines pipeThrough() by pipeTo(), but calls the built-in one, which is not seen. */
function pipingThrough(stream: ReadableStream): Record<string, unknown> {
  const original: AnyMethod = stream.pipeThrough;
  return {
    pipeThrough(this: unknown, pair?: ReadableWritablePair, options?: StreamPipeOptions): unknown {
      const ready = this === stream && !stream.locked && pair?.writable?.locked === false;
      // Whatever is wrong, the built-in one throws for it.
      if (!ready) return Reflect.apply(original, this, [pair, options]);
      stream.pipeTo(pair.writable, options).catch(ignore);
      return pair.readable;
    },
  };
}

/** As the standard has it: the error of a pipeThrough() shows in the stream that comes out. */
function ignore(): void {}

function observeReader(reader: object, call: Call): void {
  // getReader() of a ReadableStream returns one of its readers.
  const { closed } = reader as ReadableStreamDefaultReader;
  let released = false;
  const release = methodOf(reader, "releaseLock");
  patchMethods(reader, {
    ...passing(reader, call, "read", () => undefined),
    releaseLock(this: unknown): unknown {
      released = true;
      return release === undefined ? undefined : Reflect.apply(release, this, []);
    },
  });
  closed.then(
    () => call.succeed(undefined),
    // A reader that lets go of the stream has not read it to its end.
    (error: unknown) => released || call.fail(error),
  );
}

function observeBranches(branches: object, call: Call): void {
  // tee() returns two streams; the first that comes to its end has read all there is.
  for (const branch of branches as readonly ReadableStream[]) observeReadableStream(branch, call);
}

/** The methods of a Response that consume its body. */
const CONSUMERS = ["arrayBuffer", "blob", "bytes", "formData", "json", "text"];

/**
 * Ends a call when the body of a Response was consumed, cancelled, or failed.
 *
 * @returns `false` if there is no body left to be consumed, or it cannot be observed.
 */
export function observeResponse(response: Response, call: Call, observe: (body: object) => unknown): boolean {
  const { body } = response;
  if (body === null || body === undefined || response.bodyUsed) return false;
  const methods = CONSUMERS.map((key) => settling(response, call, key, response));
  const clone = passing(response, call, "clone", (copy) => observeResponse(copy as Response, call, observe));
  if (patchMethods(response, Object.assign({}, clone, ...methods)) === undefined) return false;
  let seen = false;
  patch(response, "body", {
    get(): unknown {
      // Only who asks for the body can consume it; until then, its stream is left alone.
      if (!seen) observe(body);
      seen = true;
      return body;
    },
  });
  return true;
}
