import type { Context, Span } from "@opentelemetry/api";
import { markFailed } from "./_mark_failed.ts";
import { touched, unwatch, type WaitingCall, watch } from "./_waiting_calls.ts";
import { warnOnce } from "./_warn_once.ts";
import type { SpanPlan } from "./span_plan.ts";

/** One call that is under way, from its start until its result is complete. Its methods never throw. */
export class Call implements WaitingCall {
  readonly plan: SpanPlan;
  readonly context: Context;
  readonly span: Span | undefined;
  /** Whether the span records. */
  readonly recording: boolean;
  readonly #started: number;
  #lastActive = 0;
  #waits = false;
  #over = false;

  /**
   * @param plan How the call is traced.
   * @param span Its span; `undefined` for a call that is only timed.
   * @param context The context in which the called function runs.
   */
  constructor(plan: SpanPlan, span: Span | undefined, context: Context) {
    this.plan = plan;
    this.context = context;
    this.span = span;
    this.recording = span?.isRecording() ?? false;
    this.#started = plan.onEnd === undefined ? 0 : performance.now();
  }

  /** Whether anybody wants to know how the call ends. */
  get watched(): boolean {
    return this.recording || this.plan.onEnd !== undefined;
  }

  /** Whether the call is over; what happens later is no longer its business. */
  get over(): boolean {
    return this.#over;
  }

  get lastActive(): number {
    return this.#lastActive;
  }

  /** The result is out with its consumer, who may never come to its end. */
  wait(result: object): void {
    if (this.#over || this.#waits || !this.watched) return;
    this.#waits = true;
    this.#lastActive = performance.now();
    watch(this, result);
  }

  /** The consumer has taken a step. */
  touch(): void {
    if (this.#over) return;
    this.#lastActive = performance.now();
    if (this.#waits) touched(this);
  }

  /** The call succeeded. */
  succeed(result: unknown): void {
    if (this.#finish()) return;
    const { onResult } = this.plan;
    if (onResult !== undefined && this.span?.isRecording() === true) {
      try {
        onResult(result, this.span);
      } catch (error) {
        warnOnce("a result could not be recorded", error);
      }
    }
    this.#end(false, undefined, undefined);
  }

  /** The call failed. */
  fail(error: unknown): void {
    if (this.#finish()) return;
    const failed = this.#isFailure(error);
    if (failed && this.span !== undefined) markFailed(this.span, error);
    this.#end(failed, error, undefined);
  }

  abandon(): void {
    if (this.#finish()) return;
    try {
      this.span?.setAttribute("dcmx.span.abandoned", true);
    } catch (error) {
      warnOnce("an attribute could not be set", error);
    }
    this.#end(false, undefined, this.#lastActive);
  }

  /** @returns Whether the call was over already. */
  #finish(): boolean {
    if (this.#over) return true;
    this.#over = true;
    if (this.#waits) unwatch(this);
    return false;
  }

  #isFailure(error: unknown): boolean {
    const { onError } = this.plan.options;
    if (onError === undefined || this.span === undefined) return true;
    try {
      return onError(error, this.span) !== false;
    } catch (failure) {
      warnOnce("an onError hook threw", failure);
      return true;
    }
  }

  #end(failed: boolean, error: unknown, endTime: number | undefined): void {
    const { onEnd } = this.plan;
    try {
      if (onEnd !== undefined) {
        const seconds = ((endTime ?? performance.now()) - this.#started) / 1000;
        onEnd({ seconds, failed, error, context: this.context });
      }
    } catch (failure) {
      warnOnce("the end of a call could not be recorded", failure);
    }
    try {
      // Ended by hand already: the SDK would complain about a second end.
      if (this.span?.isRecording() === true) this.span.end(endTime);
    } catch (failure) {
      warnOnce("a span processor threw when a span ended", failure);
    }
  }
}
