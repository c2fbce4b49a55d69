import { ROOT_CONTEXT } from "@opentelemetry/api";
import { type Copy, copies } from "./_copies.ts";
import { runIn } from "./_run_in.ts";
import { warnOnce } from "./_warn_once.ts";

/** A call whose result is out with its consumer. */
export interface WaitingCall {
  /** Time of the last step, on the clock of `performance.now()`. */
  readonly lastActive: number;
  /** Ends the call as one whose result nobody consumes any more. */
  abandon(): void;
}

/** A consumer that has not asked for anything for so long is taken to have gone. */
const IDLE_MS = 5 * 60_000;
const SWEEP_MS = 30_000;
/** More results than these are not waited for: the one that was longest without a step is given up. */
const MAX_WAITING = 10_000;

/** Ordered by the time of the last step, as every step puts its call to the end. */
const waiting = new Set<WaitingCall>();
const collected = new FinalizationRegistry<WaitingCall>((call) => give(call));
const copy: Copy = { giveAll, countCalls };
let abandoned = 0;
let timer: unknown;

/**
 * Watches over a call until its result is consumed: if the result is garbage collected, is not touched for minutes,
 * or if there are too many of them, the call is abandoned, so that no span stays open for ever.
 *
 * @param call The call.
 * @param result What its consumer holds; only a weak reference to it is kept.
 */
export function watch(call: WaitingCall, result: object): void {
  copies().add(copy);
  collected.register(result, call, call);
  waiting.add(call);
  for (const oldest of waiting) {
    if (waiting.size <= MAX_WAITING) break;
    give(oldest);
  }
  arm();
}

/** A step was taken: the call is the last to be given up. */
export function touched(call: WaitingCall): void {
  if (waiting.delete(call)) waiting.add(call);
}

/** The call is over. */
export function unwatch(call: WaitingCall): void {
  if (waiting.delete(call)) collected.unregister(call);
}

/** Abandons all calls, and says how many there were. */
function giveAll(): number {
  const count = waiting.size;
  for (const call of [...waiting]) give(call);
  return count;
}

/** How many calls wait, and how many were abandoned since the program began. */
function countCalls(): { waiting: number; abandoned: number } {
  return { waiting: waiting.size, abandoned };
}

/** Abandons the calls that have been idle for too long. */
export function sweep(now: number): void {
  for (const call of waiting) {
    if (now - call.lastActive < IDLE_MS) break;
    give(call);
  }
}

function give(call: WaitingCall): void {
  if (!waiting.has(call)) return;
  unwatch(call);
  abandoned += 1;
  warnOnce("the result of a traced call was not consumed to its end; its span ended with the last step");
  call.abandon();
}

function arm(): void {
  if (timer !== undefined) return;
  // In the root context: a timer keeps the context in which it was made, and with it a whole request.
  timer = runIn(ROOT_CONTEXT, setTimeout, undefined, [tick, SWEEP_MS]);
  unref(timer);
}

function tick(): void {
  timer = undefined;
  sweep(performance.now());
  if (waiting.size > 0) arm();
}

/** No timer keeps the process alive. */
function unref(handle: unknown): void {
  // Node and Bun give an object, Deno a number and a function of its own, browsers have nothing of the kind.
  if (typeof handle === "object") (handle as { unref?(): unknown } | null)?.unref?.();
  else (globalThis as { Deno?: { unrefTimer?(id: unknown): void } }).Deno?.unrefTimer?.(handle);
}
