import { type AttributeValue, type Context, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import type { ReadableSpan, Span, SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { loadOptional } from "../exporters/_optional_exporters.ts";
import { warnOnce } from "../lifecycle/_diagnostics.ts";
import type { ExceptionLoggerProvider } from "../tracing_options.ts";

const SCOPE = "@dcmx-tracing/core";
const SEVERITY_ERROR = 17;

/**
 * Turns the exceptions of a span into log records while the span is ending.
 *
 * Without a logger provider nothing is moved: the events stay on the span, and that is said once.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-logs/
 */
export class ExceptionLogProcessor implements SpanProcessor {
  readonly #keepEvents: boolean;
  readonly #given: ExceptionLoggerProvider | undefined;

  /**
   * @param keepEvents Whether the events stay on the span as well (`logs/dup`).
   * @param provider Takes the records; without it the globally registered one does.
   */
  constructor(keepEvents: boolean, provider: ExceptionLoggerProvider | undefined) {
    this.#keepEvents = keepEvents;
    this.#given = provider;
  }

  onStart(_span: Span, _parent: Context): void {}

  onEnding(span: Span): void {
    // The SDK hands its own span object over, which is readable; the type of the hook promises the writing part only.
    const { events } = span as unknown as Pick<ReadableSpan, "events">;
    if (!events.some((event) => event.name === "exception")) return;
    const provider = this.#given ?? registeredProvider();
    if (provider === undefined) {
      warnOnce("exceptions stay on spans, as no logger provider is registered that could take them");
      return;
    }
    const logger = provider.getLogger(SCOPE);
    const context = trace.setSpan(ROOT_CONTEXT, span);
    for (const event of events.filter(({ name }) => name === "exception")) {
      logger.emit({
        eventName: "exception",
        timestamp: event.time,
        severityNumber: SEVERITY_ERROR,
        severityText: "ERROR",
        attributes: defined(event.attributes ?? {}),
        context,
      });
    }
    if (this.#keepEvents) return;
    for (let at = events.length - 1; at >= 0; at--) {
      if (events[at]?.name === "exception") events.splice(at, 1);
    }
  }

  onEnd(): void {}

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

// The logs API keeps its registration under this key; without one there is nobody to ask.
const LOGS_KEY = Symbol.for("io.opentelemetry.js.api.logs");

function registeredProvider(): ExceptionLoggerProvider | undefined {
  if (Reflect.get(globalThis, LOGS_KEY) === undefined) return undefined;
  try {
    const logs: unknown = Reflect.get(Object(loadOptional("@opentelemetry/api-logs")), "logs");
    const get: unknown = Reflect.get(Object(logs), "getLoggerProvider");
    // The API's own function; what it returns is a LoggerProvider by its contract.
    return typeof get === "function" ? (get.call(logs) as ExceptionLoggerProvider) : undefined;
  } catch (error) {
    warnOnce("the logs API cannot be loaded", error);
    return undefined;
  }
}

function defined(
  attributes: Readonly<Record<string, AttributeValue | undefined>>,
): Record<string, AttributeValue> {
  const result: Record<string, AttributeValue> = {};
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) result[key] = value;
  return result;
}
