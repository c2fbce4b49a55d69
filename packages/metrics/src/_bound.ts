import type { InstrumentKind } from "@dcmx-tracing/conventions";
import type { Attributes } from "@opentelemetry/api";
import { checkedValue } from "./_checked_value.ts";
import { cleanAttributes } from "./_clean_attributes.ts";
import type { MetricValue, NamedRecorder } from "./_recorder.ts";
import { sayOnce } from "./_say_once.ts";
import type { HistogramSeries, NumberSeries } from "./_series.ts";
import { state } from "./_state.ts";
import type { MetricStore } from "./_store.ts";

/** What all handles share: the way to the series when the one at hand is not of the active store. */
abstract class Bound<S extends NumberSeries | HistogramSeries> {
  protected store: MetricStore | undefined = undefined;
  protected series: S | undefined = undefined;
  protected readonly factor: number;
  readonly #named: NamedRecorder | undefined;
  readonly #name: string;
  readonly #kind: InstrumentKind;
  readonly #attributes: Attributes;

  constructor(
    name: string,
    kind: InstrumentKind,
    named: NamedRecorder | undefined,
    attributes: Attributes = {},
  ) {
    this.#named = named;
    this.#name = name;
    this.#kind = kind;
    this.factor = named?.factor ?? 1;
    // A copy: what the caller does with its object later is not meant for this handle.
    this.#attributes = cleanAttributes(attributes);
  }

  /** Whatever the fast path does not take: the first call, another store, no store, a value to refuse. */
  protected slow(value: unknown): void {
    try {
      if (this.#named === undefined) return;
      const checked = checkedValue(value, this.factor, this.#kind, this.#name);
      if (checked === undefined) return;
      const { recorder } = this.#named;
      const store = state.store;
      if (store !== undefined && store !== this.store) {
        // The recorder makes series of the kind that the subclass is for.
        this.series = recorder.series(store, this.#attributes) as S;
        this.store = store;
      }
      if (store === undefined) recorder.recordByApi(checked, this.#attributes);
      else this.take(checked);
    } catch (error) {
      sayOnce(`record ${this.#name}`, `Could not record '${this.#name}': ${String(error)}`);
    }
  }

  protected abstract take(value: number): void;
}

/** Handle of a counter or an up-down counter. */
export class BoundAdder extends Bound<NumberSeries> {
  readonly #lowest: number;

  constructor(name: string, kind: InstrumentKind, named: NamedRecorder | undefined, attributes?: Attributes) {
    super(name, kind, named, attributes);
    this.#lowest = kind === "counter" ? 0 : -Number.MAX_VALUE;
  }

  add(value: MetricValue = 1): void {
    const { series } = this;
    // Comparisons with NaN are false, so that it takes the slow path, which refuses it.
    if (
      series !== undefined &&
      this.store === state.store &&
      typeof value === "number" &&
      value >= this.#lowest &&
      value <= Number.MAX_VALUE
    ) {
      series.add(value * this.factor, undefined);
    } else this.slow(value);
  }

  protected override take(value: number): void {
    this.series?.add(value, undefined);
  }
}

/** Handle of a gauge. */
export class BoundSetter extends Bound<NumberSeries> {
  record(value: MetricValue): void {
    const { series } = this;
    if (series !== undefined && this.store === state.store && Number.isFinite(value)) {
      // Number.isFinite() is false for everything but numbers.
      series.set((value as number) * this.factor, undefined);
    } else this.slow(value);
  }

  protected override take(value: number): void {
    this.series?.set(value, undefined);
  }
}

/** Handle of a histogram. */
export class BoundRecorder extends Bound<HistogramSeries> {
  record(value: MetricValue): void {
    const { series } = this;
    if (
      series !== undefined &&
      this.store === state.store &&
      typeof value === "number" &&
      value >= 0 &&
      value <= Number.MAX_VALUE
    ) {
      series.record(value * this.factor, undefined);
    } else this.slow(value);
  }

  protected override take(value: number): void {
    this.series?.record(value, undefined);
  }
}
