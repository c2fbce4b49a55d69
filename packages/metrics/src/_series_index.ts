import type { Attributes, AttributeValue } from "@opentelemetry/api";

/** One step of a path: the key that comes next, and a node for each of its values. */
interface Node<S> {
  series: S | undefined;
  key: string | undefined;
  values: Map<unknown, Node<S>> | undefined;
  /** Other keys that come next at this place; attributes are usually built in one order, so it is rare. */
  others: Map<string, Map<unknown, Node<S>>> | undefined;
}

/** Paths are only a cache: beyond so many nodes a series, attributes are looked up by their sorted text. */
const NODES_PER_SERIES = 8;

/** How an index cleans attributes and makes a series of them. */
export interface SeriesIndexOptions<S> {
  /** Series that are made at most; after it all new attributes share the overflow series. */
  readonly limit: number;
  /** Cleans the attributes of a new series; called once for each distinct set. */
  clean(attributes: Attributes): Attributes;
  create(attributes: Attributes): S;
  /** Called each time that the overflow series is used. */
  overflowed(): S;
}

/**
 * Finds the series of a set of attributes. Known sets are found along a path of their values in the order in
 * which they are given: no sorting, no text, no allocation.
 */
export class SeriesIndex<S> {
  readonly all: S[] = [];
  readonly #options: SeriesIndexOptions<S>;
  readonly #byText = new Map<string, S>();
  readonly #root: Node<S> = newNode();
  #nodes = 0;

  constructor(options: SeriesIndexOptions<S>) {
    this.#options = options;
  }

  find(attributes: Attributes | undefined): S {
    let node: Node<S> | undefined = this.#root;
    if (attributes !== undefined && attributes !== null) {
      for (const key in attributes) {
        const values: Map<unknown, Node<S>> | undefined =
          node.key === key ? node.values : node.others?.get(key);
        node = values?.get(attributes[key]);
        if (node === undefined) return this.#resolve(attributes);
      }
    }
    return node.series ?? this.#resolve(attributes ?? {});
  }

  #resolve(given: Attributes): S {
    // Callers without types may give a string, whose characters are keys as well.
    const attributes = typeof given === "object" ? given : {};
    const cleaned = this.#options.clean(attributes);
    const text = textOf(cleaned);
    let series = this.#byText.get(text);
    if (series === undefined) {
      if (this.all.length >= this.#options.limit) return this.#options.overflowed();
      series = this.#options.create(cleaned);
      this.#byText.set(text, series);
      this.all.push(series);
    }
    this.#remember(attributes, series);
    return series;
  }

  #remember(attributes: Attributes, series: S): void {
    if (this.#nodes >= this.#options.limit * NODES_PER_SERIES) return;
    const keys = Object.keys(attributes);
    let own = 0;
    // find() walks inherited keys too, and an object as a value may change: such attributes get no path.
    for (const key in attributes) {
      const value: unknown = attributes[key];
      if (keys[own++] !== key || (typeof value === "object" && value !== null)) return;
    }
    let node = this.#root;
    for (const key of keys) node = this.#step(node, key, attributes[key]);
    node.series = series;
  }

  #step(node: Node<S>, key: string, value: AttributeValue | undefined): Node<S> {
    if (node.key === undefined) {
      node.key = key;
      node.values = new Map();
    }
    let values = node.key === key ? node.values : node.others?.get(key);
    if (values === undefined) {
      values = new Map();
      node.others ??= new Map();
      node.others.set(key, values);
    }
    let next = values.get(value);
    if (next === undefined) {
      next = newNode();
      values.set(value, next);
      this.#nodes++;
    }
    return next;
  }
}

function newNode<S>(): Node<S> {
  return { series: undefined, key: undefined, values: undefined, others: undefined };
}

/** One text for each set of attributes, whatever their order; 1 and "1" are two values. */
function textOf(attributes: Attributes): string {
  const keys = Object.keys(attributes);
  if (keys.length > 1) keys.sort();
  return JSON.stringify(keys.map((key) => [key, attributes[key]]));
}
