import { runInNewContext } from "node:vm";
import { createTestTracing, renderTrace, type TestTracing } from "@dcmx-tracing/testing";
import { context, ROOT_CONTEXT, SpanKind, trace } from "@opentelemetry/api";
import { afterEach, beforeEach, expect, test } from "vitest";
import { activeSpan, startSpan } from "./mod.ts";

let tracing: TestTracing;
beforeEach(() => {
  tracing = createTestTracing();
});
afterEach(() => tracing.shutdown());

function drawing(): string {
  return renderTrace(tracing.spans(), { attributes: ["error.type"], events: false });
}

test("startSpan() keeps a synchronous function synchronous and ends the span when it returns", () => {
  expect(startSpan("work", () => 7)).toBe(7);
  expect(drawing()).toBe("work");
});

test("startSpan() ends the span of an async function when its promise settles", async () => {
  const promise = startSpan("work", async () => {
    await null;
    return 7;
  });
  expect(tracing.spans()).toEqual([]);
  expect(await promise).toBe(7);
  expect(drawing()).toBe("work");
});

test("startSpan() makes spans inside the function children, also after an await", async () => {
  await startSpan("outer", async () => {
    startSpan("first", () => 1);
    await null;
    await Promise.all([startSpan("second", async () => null), startSpan("third", async () => null)]);
  });
  expect(drawing()).toBe(["outer", "├─ first", "├─ second", "└─ third"].join("\n"));
});

test("startSpan() records what is thrown once, sets ERROR and rethrows the same value", () => {
  const error = new RangeError("too much");
  expect(() =>
    startSpan("work", () => {
      throw error;
    }),
  ).toThrow(error);
  expect(renderTrace(tracing.spans())).toBe(
    [
      'work ERROR "too much" error.type="RangeError" exception.message="too much" exception.type="RangeError"',
      '   • exception exception.message="too much" exception.stacktrace=* exception.type="RangeError"',
    ].join("\n"),
  );
});

test.each([undefined, null, 0, "", "text", Symbol("s"), 5n, {}, Object.create(null), []])(
  "startSpan() sets ERROR when the function throws %o, and rethrows it",
  (thrown) => {
    let caught: unknown = "nothing";
    try {
      startSpan("work", () => {
        throw thrown;
      });
    } catch (error) {
      caught = error;
    }
    expect(caught).toBe(thrown);
    expect(tracing.spans().map((span) => [span.status.code, span.events.length])).toEqual([[2, 1]]);
  },
);

test("startSpan() sets ERROR when the promise rejects with undefined", async () => {
  await expect(startSpan("work", () => Promise.reject(undefined))).rejects.toBe(undefined);
  expect(drawing()).toBe('work ERROR "undefined" error.type="undefined"');
});

test("startSpan() returns a thenable as it is, calls its then() when the caller does, and ends with it", async () => {
  let runs = 0;
  const query = {
    // biome-ignore lint/suspicious/noThenProperty: a lazy query builder, as knex has them
    then(done: (rows: number[]) => unknown): void {
      runs++;
      startSpan("send", () => done([1, 2]));
    },
  };
  expect(startSpan("select", () => query)).toBe(query);
  await null;
  expect([runs, tracing.spans().length]).toEqual([0, 0]);
  expect(await query).toEqual([1, 2]);
  expect(runs).toBe(1);
  expect(drawing()).toBe(["select", "└─ send"].join("\n"));
});

test("startSpan() ends the span of a thenable that fails, and the caller gets the reason", async () => {
  const query = {
    // biome-ignore lint/suspicious/noThenProperty: a lazy query builder, as knex has them
    then(_done: unknown, failed: (reason: unknown) => unknown): void {
      failed("no table");
    },
  };
  await expect(startSpan("select", () => query)).rejects.toBe("no table");
  expect(drawing()).toBe('select ERROR "no table" error.type="string"');
});

test("startSpan() calls the callbacks of a thenable in the caller's context, not in that of the ended span", async () => {
  const query = {
    // biome-ignore lint/suspicious/noThenProperty: a lazy query builder, as knex has them
    then(done: (rows: number) => unknown): void {
      done(1);
    },
  };
  startSpan("outer", () => {
    const lazy = startSpan("select", () => query);
    lazy.then(() => startSpan("after", () => null));
  });
  expect(drawing()).toBe(["outer", "├─ select", "└─ after"].join("\n"));
});

test("startSpan() keeps the properties of a promise that carries some", async () => {
  const cancel = (): string => "cancelled";
  const result = startSpan("work", () => Object.assign(Promise.resolve(1), { cancel }));
  expect(result.cancel).toBe(cancel);
  expect(await result).toBe(1);
});

test("startSpan() gives attributes, kind, links and root to the span", () => {
  const link = { context: { traceId: "a".repeat(32), spanId: "b".repeat(16), traceFlags: 1 } };
  startSpan("outer", () =>
    startSpan(
      "work",
      { attributes: { id: 12n, none: null, list: [1] }, kind: SpanKind.CLIENT, links: [link], root: true },
      () => 1,
    ),
  );
  const [work] = tracing.spans();
  expect(work?.parentSpanContext).toBe(undefined);
  expect(work?.kind).toBe(SpanKind.CLIENT);
  expect(work?.attributes).toEqual({ id: "12", list: [1] });
  expect(work?.links.map((each) => each.context)).toEqual([link.context]);
});

test("startSpan() with requireParent makes a span under a parent only", () => {
  expect(startSpan("alone", { requireParent: true }, () => 1)).toBe(1);
  startSpan("outer", () => startSpan("inner", { requireParent: true }, () => 1));
  expect(drawing()).toBe(["outer", "└─ inner"].join("\n"));
});

test("startSpan() with hierarchical naming puts the parent's name before the name, once", () => {
  const naming = "hierarchical";
  startSpan("nft", { naming }, () =>
    startSpan("mint", { naming }, () => {
      startSpan("nft.mint", { naming }, () => null);
      startSpan("send", { naming }, () => startSpan("mint", { naming }, () => null));
    }),
  );
  expect(tracing.spans().map((span) => span.name)).toEqual([
    "nft.mint",
    "nft.mint",
    "nft.mint.send",
    "nft.mint",
    "nft",
  ]);
});

test("startSpan() with an onError that answers false leaves the span without an error, and rethrows", () => {
  expect(() =>
    startSpan("work", { onError: (error) => !(error instanceof URIError) }, () => {
      throw new URIError("redirect");
    }),
  ).toThrow("redirect");
  expect(drawing()).toBe("work");
});

test("startSpan() does not end a span that was ended by hand a second time", () => {
  startSpan("work", (span) => span.end());
  expect(drawing()).toBe("work");
});

test("startSpan() without an SDK calls the function in the same context with a span that records nothing", async () => {
  await tracing.shutdown();
  const before = context.active();
  expect(
    startSpan("work", (span) => [span.isRecording(), context.active() === before, activeSpan()]),
  ).toEqual([false, true, undefined]);
  tracing = createTestTracing();
  startSpan("again", () => 1);
  expect(drawing()).toBe("again");
});

test("startSpan() throws a TypeError when there is nothing to run", () => {
  // @ts-expect-error a function is required
  expect(() => startSpan("work", {})).toThrow(
    new TypeError("Cannot start the span 'work' as 'fn' must be a function: current value is object"),
  );
});

test("startSpan() leaves the context as trace.setSpan() would", () => {
  const key = Symbol("key");
  const outer = ROOT_CONTEXT.setValue(key, 1);
  context.with(outer, () =>
    startSpan("work", (span) => {
      const active = context.active();
      expect(trace.getSpan(active)).toBe(span);
      expect(active.getValue(key)).toBe(1);
      expect(active.setValue(key, 2).getValue(key)).toBe(2);
      expect(trace.getSpan(active.setValue(key, 2))).toBe(span);
      expect(active.deleteValue(key).getValue(key)).toBe(undefined);
      expect(trace.getSpan(trace.deleteSpan(active))).toBe(undefined);
    }),
  );
});

test("startSpan() keeps the identity, state and laziness of promises of a class of their own", async () => {
  let started = 0;
  class LazyPromise<T> extends Promise<T> {
    readonly #run: () => T;
    constructor(run: () => T) {
      super(() => {});
      this.#run = run;
    }
    static override get [Symbol.species](): PromiseConstructor {
      return Promise;
    }
    // biome-ignore lint/suspicious/noThenProperty: a promise that starts when it is awaited
    override then<A = T, B = never>(
      done?: ((value: T) => A | PromiseLike<A>) | null,
      failed?: ((error: unknown) => B | PromiseLike<B>) | null,
    ): Promise<A | B> {
      started++;
      return Promise.resolve(this.#run()).then(done, failed);
    }
  }
  const own = new LazyPromise(() => 5);
  const lazy = startSpan("lazy", () => own);
  expect([lazy === own, started]).toEqual([true, 0]);
  expect([await lazy, started]).toEqual([5, 1]);
  expect(Reflect.ownKeys(own)).toEqual([]);
  expect(drawing()).toBe("lazy");
});

test("startSpan() ends the span of a promise of another realm", async () => {
  const foreign: Promise<number> = runInNewContext("Promise.resolve(6)");
  expect(await startSpan("foreign", () => foreign)).toBe(6);
  expect(drawing()).toBe("foreign");
});

test("startSpan() ends the span of a thenable that cannot be observed at once", async () => {
  // biome-ignore lint/suspicious/noThenProperty: a thenable nobody may change
  const frozen = Object.freeze({ then: (done: (value: number) => void) => done(7) });
  expect(await startSpan("frozen", () => frozen)).toBe(7);
  expect(drawing()).toBe("frozen");
});
