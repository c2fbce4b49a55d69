import { isMainThread } from "node:worker_threads";
import { warnOnce } from "./_diagnostics.ts";

/** What the exit handlers do with the spans that wait. */
export interface ExitWork {
  /** Spans that wait now. */
  waiting(): number;
  /** Spans that ended so far; tells whether a further flush can do more than the last one. */
  ended(): number;
  /** Settles what is undecided (tail option), as nothing more will come. */
  decide(): void;
  /** Delivers what waits, within the bound of the configuration. Never rejects. */
  flush(): Promise<unknown>;
  /**
   * Saves what waits, or delivers it, without anything asynchronous. Never throws.
   *
   * @param send Whether to try a delivery; a spool is used in any case.
   */
  finishNow(send: boolean): void;
}

const SIGNALS = ["SIGTERM", "SIGINT"] as const;

/**
 * Delivers waiting spans when the process ends, whichever way it does, without changing how it ends.
 *
 * - The work runs out: `beforeExit` flushes, within the bound.
 * - `process.exit()`, an uncaught error, an unhandled rejection, the end of a worker: `exit` delivers synchronously.
 * - SIGTERM and SIGINT: a flush, and then the signal again, but only where nobody else listens; who else listens
 *   decides about the process. A second signal ends it at once.
 *
 * @param work What is to be done.
 * @returns Removes the handlers.
 */
export function installExitHandlers(work: ExitWork): () => void {
  let flushedAt = -1;
  const beforeExit = (): void => {
    // A flush that could not deliver everything is not repeated for the same spans: the event would come for ever.
    if (work.waiting() === 0 || flushedAt === work.ended()) return;
    flushedAt = work.ended();
    void work.flush();
  };
  const exit = (): void => {
    work.decide();
    // What a flush could not deliver a moment ago is not tried again: the process would hang twice.
    if (work.waiting() > 0) work.finishNow(flushedAt !== work.ended());
  };
  process.on("beforeExit", beforeExit);
  process.on("exit", exit);
  const removeSignals = isMainThread ? installSignalHandlers(work) : () => {};
  return () => {
    process.removeListener("beforeExit", beforeExit);
    process.removeListener("exit", exit);
    removeSignals();
  };
}

function installSignalHandlers(work: ExitWork): () => void {
  const ending = new Set<NodeJS.Signals>();
  const onSignal = (signal: NodeJS.Signals): void => {
    const sole = process.listenerCount(signal) === 1;
    if (!sole) {
      void work.flush();
      return;
    }
    if (ending.has(signal)) {
      raise(signal);
      return;
    }
    ending.add(signal);
    work.decide();
    void work.flush().then(() => {
      // Somebody may have begun to listen while the flush ran; then the signal is theirs.
      if (process.listenerCount(signal) !== 1) {
        ending.delete(signal);
        return;
      }
      // A process that dies of a signal has no exit event.
      if (work.waiting() > 0) work.finishNow(false);
      raise(signal);
    });
  };
  const raise = (signal: NodeJS.Signals): void => {
    process.removeListener(signal, onSignal);
    try {
      process.kill(process.pid, signal);
    } catch (error) {
      warnOnce(`the signal ${signal} could not be raised again`, error);
    }
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return () => {
    for (const signal of SIGNALS) process.removeListener(signal, onSignal);
  };
}
