import {
  ATTR_REDACTION_RULE,
  ATTR_REDACTION_SURFACE,
  METRIC_REDACTION_DURATION,
  METRIC_REDACTION_FAILURES,
  METRIC_REDACTION_HITS,
  METRIC_REDACTION_TRUNCATED,
  metricOptions,
} from "@dcmx-tracing/conventions";
import { type Meter, type MeterProvider, metrics } from "@opentelemetry/api";
import type { RedactionListener } from "./_audit.ts";
import { SCOPE_NAME, SCOPE_VERSION } from "./_scope.ts";
import type { Redactor } from "./create_redactor.ts";

/** What the instruments of one provider offer. */
interface Instruments {
  readonly count: RedactionListener;
  readonly duration: (seconds: number) => void;
}

const recorded = new WeakMap<Redactor, () => void>();

/**
 * Records what a redactor counts as the metrics `redaction.hits`, `redaction.failures`, `redaction.truncated` and
 * `redaction.duration`, by rule and surface. `redactTelemetry` calls it; call it yourself for a redactor that you
 * share between wrappers of your own.
 *
 * A redactor is recorded once: a second call takes the place of the first. Without a meter provider it costs a look-up
 * for each value that is removed and two readings of the clock for one span in sixty-one.
 *
 * @param redactor The redactor.
 * @param provider Where to record. By default the global provider, asked for at each count, since an instrument that
 * was made before the application set its provider stays silent for ever.
 * @returns A function that ends it.
 *
 * @example Count what is removed
 * ```ts
 * import { createRedactor, recordRedaction } from "@dcmx-tracing/redaction";
 *
 * const redactor = createRedactor();
 * const stop = recordRedaction(redactor);
 * redactor.redactString("password: hunter2x");
 * stop();
 * ```
 */
export function recordRedaction(redactor: Redactor, provider?: MeterProvider): () => void {
  recorded.get(redactor)?.();
  const of = (): Instruments => instruments(provider ?? metrics.getMeterProvider());
  const stop = redactor.observe(
    (...count) => of().count(...count),
    (seconds) => of().duration(seconds),
  );
  recorded.set(redactor, stop);
  return stop;
}

const byProvider = new WeakMap<MeterProvider, Instruments>();

function instruments(provider: MeterProvider): Instruments {
  let found = byProvider.get(provider);
  if (found === undefined) {
    found = create(provider.getMeter(SCOPE_NAME, SCOPE_VERSION));
    byProvider.set(provider, found);
  }
  return found;
}

function create(meter: Meter): Instruments {
  const hits = meter.createCounter(METRIC_REDACTION_HITS, metricOptions(METRIC_REDACTION_HITS));
  const failures = meter.createCounter(METRIC_REDACTION_FAILURES, metricOptions(METRIC_REDACTION_FAILURES));
  const truncated = meter.createCounter(
    METRIC_REDACTION_TRUNCATED,
    metricOptions(METRIC_REDACTION_TRUNCATED),
  );
  const duration = meter.createHistogram(METRIC_REDACTION_DURATION, metricOptions(METRIC_REDACTION_DURATION));
  return {
    count: (kind, rule, surface) => {
      if (kind === "truncated") truncated.add(1, { [ATTR_REDACTION_SURFACE]: surface });
      else
        (kind === "hit" ? hits : failures).add(1, {
          [ATTR_REDACTION_RULE]: rule,
          [ATTR_REDACTION_SURFACE]: surface,
        });
    },
    duration: (seconds) => duration.record(seconds),
  };
}
