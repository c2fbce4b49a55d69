import { type Tracer, type TracerProvider, trace } from "@opentelemetry/api";
import { apiGlobals } from "./_api_globals.ts";
import { inheritsUnsampled } from "./inherits_unsampled.ts";

/**
 * The tracer of one instrumentation scope. It is looked up again only when the global provider changes, so that a call
 * costs no lookup, and may be made before any provider is registered.
 *
 * @example One for each library
 * ```ts
 * import { TracerSource } from "@dcmx-tracing/span/kernel";
 *
 * const tracers = new TracerSource("my-library", "1.0.0");
 * console.assert(tracers.current() === undefined); // no provider is registered here
 * ```
 */
export class TracerSource {
  readonly name: string;
  readonly version: string | undefined;
  #seen: TracerProvider | undefined;
  #tracer: Tracer | undefined;
  #skipsUnsampled = false;

  constructor(name: string, version?: string) {
    this.name = name;
    this.version = version;
  }

  /** The tracer, or `undefined` while no provider is registered: then nothing at all is to be done. */
  current(): Tracer | undefined {
    const registered = apiGlobals()?.trace;
    if (registered !== this.#seen) this.#refresh(registered);
    return this.#tracer;
  }

  /** Whether a call under an unsampled local parent may go without a span of its own. Valid after `current()`. */
  get skipsUnsampled(): boolean {
    return this.#skipsUnsampled;
  }

  #refresh(registered: TracerProvider | undefined): void {
    this.#seen = registered;
    this.#tracer = undefined;
    this.#skipsUnsampled = false;
    // The API hides a registration of an incompatible version; then its answer is another object.
    if (registered === undefined || trace.getTracerProvider() !== registered) return;
    this.#tracer = registered.getTracer(this.name, this.version);
    this.#skipsUnsampled = inheritsUnsampled(registered, this.#tracer);
  }
}
