import { context, ROOT_CONTEXT } from "@opentelemetry/api";
import { type OpenOperation, registry } from "./_registry.ts";
import { guarded } from "./_report.ts";

const shared = registry();
let timer: ReturnType<typeof setInterval> | undefined;
let period = Number.POSITIVE_INFINITY;

/**
 * Takes note of something that should end. Some of ethers' promises never settle (a request over a socket that was
 * closed, for one); without this their spans would never be exported.
 */
export function openOperation(operation: OpenOperation): void {
  operation.place = shared.open.push(operation) - 1;
  const wanted = Math.min(Math.max(operation.stuckAfterMs / 4, 5), 15_000);
  if (timer === undefined || wanted < period) schedule(wanted);
}

/** Takes something that ended off the list. */
export function closeOperation(operation: OpenOperation): void {
  const { open } = shared;
  if (open[operation.place] !== operation) return;
  // The last one takes the place that becomes free.
  const last = open.pop();
  if (last !== undefined && last !== operation) {
    open[operation.place] = last;
    last.place = operation.place;
  }
  operation.place = -1;
}

function schedule(wanted: number): void {
  if (timer !== undefined) clearInterval(timer);
  period = wanted;
  // A timer keeps the context that was active when it was made, and with it a whole trace.
  timer = context.with(ROOT_CONTEXT, () => setInterval(reapStuck, wanted));
  letProcessEnd(timer);
}

/** The timer must not keep a process alive; Node gives an object for it, Deno and browsers a number. */
function letProcessEnd(handle: unknown): void {
  if (typeof handle === "number") {
    // Only Deno has this global, and with it a way to let a numbered timer go.
    const { Deno: deno } = globalThis as { Deno?: { unrefTimer?(id: number): void } };
    deno?.unrefTimer?.(handle);
    return;
  }
  if (typeof handle !== "object" || handle === null || !("unref" in handle)) return;
  if (typeof handle.unref === "function") handle.unref();
}

function reapStuck(): void {
  const { open } = shared;
  if (open.length === 0) {
    clearInterval(timer);
    timer = undefined;
    return;
  }
  const now = performance.now();
  for (const operation of [...open]) {
    if (now - operation.startedAt < operation.stuckAfterMs) continue;
    closeOperation(operation);
    guarded("the reaper threw", () => operation.reap());
  }
}
