import type { Call } from "./_call.ts";
import { methodOf, patchMethods } from "./_patch.ts";
import { runIn } from "./_run_in.ts";

/** What is used of Node's streams, which are known by their shape: this package runs where there are none. */
interface NodeStream {
  on(event: string | symbol, listener: (...args: unknown[]) => void): unknown;
  off?(event: string | symbol, listener: (...args: unknown[]) => void): unknown;
  readonly readable?: unknown;
  readonly writable?: unknown;
  readonly readableEnded?: unknown;
  readonly writableFinished?: unknown;
  readonly destroyed?: unknown;
  readonly errored?: unknown;
}

/** Whether the object is a Node stream. */
export function isNodeStream(object: object): object is NodeStream {
  return methodOf(object, "pipe") !== undefined && methodOf(object, "on") !== undefined;
}

/**
 * Ends a call when a Node stream was read to its end, written to its end, destroyed, or failed. Reading runs in the
 * context of the call.
 *
 * @returns `false` if the stream is over already or cannot be observed without changing what it does.
 */
export function observeNodeStream(stream: NodeStream, call: Call): boolean {
  const errorMonitor = findErrorMonitor();
  const readable = methodOf(stream, "read") !== undefined;
  if (errorMonitor === undefined || stream.destroyed === true) return false;
  if (readable ? stream.readableEnded === true : stream.writableFinished === true) return false;
  const read = methodOf(stream, "read");
  const restore =
    read !== undefined &&
    patchMethods(stream, {
      read(this: unknown, ...args: unknown[]): unknown {
        call.touch();
        return call.over ? Reflect.apply(read, this, args) : runIn(call.context, read, this, args);
      },
    });
  const over = (): void => {
    if (typeof restore === "function") restore();
    for (const [event, listener] of listeners) stream.off?.(event, listener);
  };
  const succeed = (): void => {
    call.succeed(undefined);
    over();
  };
  const fail = (error: unknown): void => {
    call.fail(error);
    over();
  };
  // The monitor sees errors without handling them: a stream nobody listens to still crashes the process.
  const listeners: [string | symbol, (...args: unknown[]) => void][] = [
    [readable ? "end" : "finish", succeed],
    ["close", succeed],
    [errorMonitor, fail],
  ];
  for (const [event, listener] of listeners) stream.on(event, listener);
  return true;
}

function findErrorMonitor(): symbol | undefined {
  // Not an import: this package also runs where there is no node:events. The shape is that of Node, Deno and Bun.
  const { process } = globalThis as {
    process?: { getBuiltinModule?(name: string): { errorMonitor?: symbol } | undefined };
  };
  return process?.getBuiltinModule?.("node:events")?.errorMonitor;
}
