import type { Context, Span } from "@opentelemetry/api";
import { markFailed } from "./_mark_failed.ts";
import { warnOnce } from "./_warn_once.ts";
import type { SpanPlan } from "./span_plan.ts";

/** One call that is under way, from its start until its result is complete. Its methods never throw. */
export class Call {
  readonly #plan: SpanPlan;
  readonly #span: Span | undefined;
  readonly #started: number;
  readonly context: Context;
  #over = false;

  /**
   * @param plan How the call is traced.
   * @param span Its span, which records; `undefined` for a call that is only timed.
   * @param context The context in which the called function runs.
   */
  constructor(plan: SpanPlan, span: Span | undefined, context: Context) {
    this.#plan = plan;
    this.#span = span;
    this.#started = plan.onEnd === undefined ? 0 : performance.now();
    this.context = context;
  }

  /** Whether the call is over; what happens later is no longer its business. */
  get over(): boolean {
    return this.#over;
  }

  /** The call succeeded. */
  succeed(result: unknown): void {
    if (this.#over) return;
    this.#over = true;
    const { onResult } = this.#plan;
    if (onResult !== undefined && this.#span?.isRecording() === true) {
      try {
        onResult(result, this.#span);
      } catch (error) {
        warnOnce("a result could not be recorded", error);
      }
    }
    this.#end(false, undefined);
  }

  /** The call failed. */
  fail(error: unknown): void {
    if (this.#over) return;
    this.#over = true;
    const failed = this.#isFailure(error);
    if (failed && this.#span !== undefined) markFailed(this.#span, error);
    this.#end(failed, error);
  }

  #isFailure(error: unknown): boolean {
    const { onError } = this.#plan.options;
    if (onError === undefined || this.#span === undefined) return true;
    try {
      return onError(error, this.#span) !== false;
    } catch (failure) {
      warnOnce("an onError hook threw", failure);
      return true;
    }
  }

  #end(failed: boolean, error: unknown): void {
    try {
      this.#plan.onEnd?.({
        seconds: (performance.now() - this.#started) / 1000,
        failed,
        error,
        context: this.context,
      });
      // Ended by hand already: the SDK would complain about a second end.
      if (this.#span?.isRecording() === true) this.#span.end();
    } catch (failure) {
      warnOnce("a span could not be ended properly", failure);
    }
  }
}
