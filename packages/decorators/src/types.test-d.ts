// Type tests: checked by tsc, never run.
import type { Attributes } from "@opentelemetry/api";
import { expectTypeOf } from "vitest";
import { type TracedOptions, traced, tracedClass, tracedMethod, untraced } from "./mod.ts";

// The type of the function is the type of the result, whatever it is.
function overloaded(value: string): string;
function overloaded(value: number): number;
function overloaded(value: string | number): string | number {
  return value;
}
expectTypeOf(traced(overloaded)).toEqualTypeOf(overloaded);
expectTypeOf(traced({ operationName: "x" }, overloaded)).toEqualTypeOf(overloaded);

const generic = <T extends object, K extends keyof T>(value: T, key: K): T[K] => value[key];
const keptGeneric: typeof generic = traced({}, generic);
expectTypeOf(keptGeneric({ price: 5 }, "price")).toEqualTypeOf<number>();
expectTypeOf(traced({}, generic)({ price: "5" }, "price")).toEqualTypeOf<string>();
expectTypeOf(traced(generic)({ price: 5 }, "price")).toEqualTypeOf<number>();

function isText(value: unknown): value is string {
  return typeof value === "string";
}
const guard = traced({ includeResult: true }, isText);
const unknownValue: unknown = "text";
if (guard(unknownValue)) expectTypeOf(unknownValue).toEqualTypeOf<string>();

function assertText(value: unknown): asserts value is string {
  if (typeof value !== "string") throw new TypeError("no text");
}
const assertion: typeof assertText = traced(assertText);
assertion(unknownValue);
expectTypeOf(unknownValue).toEqualTypeOf<string>();

function withThis(this: { base: number }, add: number): number {
  return this.base + add;
}
expectTypeOf(traced(withThis)).toEqualTypeOf(withThis);
// @ts-expect-error the object has no base
traced(withThis).call({}, 1);

const labelled = Object.assign(async (id: bigint, ...tags: string[]) => ({ id, tags }), {
  version: 1 as const,
});
expectTypeOf(traced({}, labelled)).toEqualTypeOf(labelled);
expectTypeOf(traced({}, labelled).version).toEqualTypeOf<1>();

function* numbers(count: number): Generator<number, string, boolean> {
  return String(yield count);
}
expectTypeOf(traced(numbers)).toEqualTypeOf(numbers);

// The functions among the options know this, the arguments and the settled result.
traced(
  {
    attributes: (id, ...tags) => {
      expectTypeOf(id).toEqualTypeOf<bigint>();
      expectTypeOf(tags).toEqualTypeOf<string[]>();
      return { id, count: tags.length };
    },
    includeArgs: (id) => ({ parity: id % 2n }),
    includeResult: (result) => {
      expectTypeOf(result).toEqualTypeOf<{ id: bigint; tags: string[] }>();
      return result.id;
    },
    links: (_id, ...tags) => tags.map(() => ({ context: { traceId: "", spanId: "", traceFlags: 0 } })),
    onError: (error, span) => span.isRecording() && error instanceof RangeError,
  },
  labelled,
);
traced(
  {
    attributes() {
      expectTypeOf(this).toEqualTypeOf<{ base: number }>();
      return { base: this.base };
    },
  },
  withThis,
);

// @ts-expect-error a list of names, not of numbers
traced({ includeArgs: [1] }, overloaded);
// @ts-expect-error not an option
traced({ operation: "x" }, overloaded);
// @ts-expect-error not a function
traced({});
// @ts-expect-error the argument is a bigint
traced({ attributes: (id: string) => ({ id }) }, labelled);

// Decorators keep the members' types, in every place and with and without parentheses.
@tracedClass({ exclude: ["plain", Symbol.iterator], construct: true, limits: { depth: 1 } })
class Minter {
  @tracedMethod()
  plain(id: number): string {
    return String(id);
  }

  @tracedMethod
  bare<T>(value: T): T {
    return value;
  }

  @tracedMethod<Minter, [id: number], string>({
    attributes(id) {
      return { id, count: this.plain(id).length };
    },
    includeResult: (result) => result.length,
  })
  async typed(id: number): Promise<string> {
    return this.plain(id);
  }

  @tracedMethod({ includeArgs: (id: number): Attributes => ({ id }) })
  annotated(id: number): number {
    return id;
  }

  @untraced()
  @tracedMethod()
  static make(): Minter {
    return new Minter();
  }

  @tracedMethod()
  get value(): number {
    return 1;
  }

  @tracedMethod()
  accessor level = 1;

  @tracedMethod()
  field = (a: number): number => a;

  @tracedMethod()
  #secret(): string {
    return "";
  }

  reveal(): string {
    return this.#secret();
  }
}
expectTypeOf<Minter["plain"]>().toEqualTypeOf<(id: number) => string>();
expectTypeOf<Minter["bare"]>().toEqualTypeOf<<T>(value: T) => T>();
expectTypeOf<Minter["field"]>().toEqualTypeOf<(a: number) => number>();

@tracedClass
abstract class Abstract {
  abstract run(): void;
}
expectTypeOf<Abstract["run"]>().toEqualTypeOf<() => void>();

// @ts-expect-error a class has no operation name: it has className
tracedClass({ operationName: "x" });

// Options can be kept apart from the functions.
const shared: TracedOptions = {
  includeDuration: true,
  naming: "hierarchical",
  until: "settled",
  sampleHint: "keep",
};
expectTypeOf(traced(shared, labelled)).toEqualTypeOf(labelled);
expectTypeOf(tracedMethod(shared)).toBeFunction();
