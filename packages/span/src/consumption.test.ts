import { Readable, Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createTestTracing, renderTrace, type TestTracing } from "@dcmx-tracing/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { endWaitingCalls, waitingStats } from "./kernel.ts";
import { startSpan } from "./mod.ts";

let tracing: TestTracing;
beforeEach(() => {
  tracing = createTestTracing();
});
afterEach(() => tracing.shutdown());

function drawing(): string {
  return renderTrace(tracing.spans(), { attributes: ["error.type"], events: false });
}

function* numbers(): Generator<number, string> {
  for (let i = 1; i <= 3; i++) yield startSpan("step", () => i);
  return "end";
}

async function* laterNumbers(): AsyncGenerator<number, string> {
  for (let i = 1; i <= 3; i++) yield await startSpan("step", async () => i);
  return "end";
}

const THREE_STEPS = ["numbers", "├─ step", "├─ step", "└─ step"].join("\n");

test("startSpan() keeps the span of a returned generator open until it is done, and is the parent of its steps", () => {
  const generator = startSpan("numbers", numbers);
  expect(tracing.spans()).toEqual([]);
  expect([...generator]).toEqual([1, 2, 3]);
  expect(drawing()).toBe(THREE_STEPS);
});

test("startSpan() returns the very generator, with its class, and leaves no trace on it afterwards", () => {
  const own = numbers();
  const generator = startSpan("numbers", () => own);
  expect(generator).toBe(own);
  expect(Object.prototype.toString.call(generator)).toBe("[object Generator]");
  expect([...generator].length).toBe(3);
  expect(Reflect.ownKeys(generator)).toEqual([]);
});

test("startSpan() keeps the span of an async generator open until it is done", async () => {
  const taken: number[] = [];
  for await (const n of startSpan("numbers", laterNumbers)) taken.push(n);
  expect(taken).toEqual([1, 2, 3]);
  expect(drawing()).toBe(THREE_STEPS);
});

test("startSpan() ends the span of a generator that a loop leaves", async () => {
  for (const n of startSpan("numbers", numbers)) if (n === 2) break;
  for await (const n of startSpan("numbers", laterNumbers)) if (n === 1) break;
  expect(drawing()).toBe(["numbers", "├─ step", "└─ step", "", "numbers", "└─ step"].join("\n"));
});

test("startSpan() ends the span of a generator with the error that it throws, and the consumer gets it", async () => {
  const failing = function* (): Generator<number> {
    yield 1;
    throw new RangeError("two");
  };
  const failingLater = async function* (): AsyncGenerator<number> {
    yield 1;
    throw new RangeError("two");
  };
  expect(() => [...startSpan("numbers", failing)]).toThrow(RangeError);
  const consume = async (): Promise<void> => {
    for await (const n of startSpan("numbers", failingLater)) expect(n).toBe(1);
  };
  await expect(consume()).rejects.toThrow(RangeError);
  const failed = 'numbers ERROR "two" error.type="RangeError"';
  expect(drawing()).toBe([failed, "", failed].join("\n"));
});

test("startSpan() passes values and errors into a generator", () => {
  const echo = function* (): Generator<unknown, unknown, unknown> {
    try {
      return [yield 1, yield 2];
    } catch (error) {
      return `caught ${error}`;
    }
  };
  const values = startSpan("echo", echo);
  values.next();
  values.next("a");
  expect(values.next("b")).toEqual({ done: true, value: ["a", "b"] });
  const errors = startSpan("echo", echo);
  errors.next();
  expect(errors.throw("x")).toEqual({ done: true, value: "caught x" });
  expect(drawing()).toBe("echo\n\necho");
});

test("startSpan() covers an iterator without a return method, also when a loop leaves it", () => {
  let n = 0;
  const iterator: IterableIterator<number> = {
    next: () => ({ done: false, value: ++n }),
    [Symbol.iterator]: () => iterator,
  };
  for (const value of startSpan("count", () => iterator)) if (value === 2) break;
  expect(drawing()).toBe("count");
  expect(Object.keys(iterator)).toEqual(["next"]);
});

test("startSpan() takes collections and their iterators for values", () => {
  for (const value of [
    [1],
    new Map(),
    new Set([1]),
    "text",
    [1].values(),
    new Map().keys(),
    new Uint8Array(2),
  ]) {
    expect(startSpan("value", () => value)).toBe(value);
  }
  expect(drawing()).toBe(Array(7).fill("value").join("\n\n"));
});

test("startSpan() with until settled ends the span of a generator at once", () => {
  startSpan("numbers", { until: "settled" }, numbers);
  expect(drawing()).toBe("numbers");
});

test("startSpan() follows an async iterable that is no iterator, also through a promise", async () => {
  const iterable = { [Symbol.asyncIterator]: laterNumbers };
  const result = await startSpan("numbers", async () => iterable);
  expect(result).toBe(iterable);
  for await (const n of result) expect(n).toBeGreaterThan(0);
  expect(drawing()).toBe(THREE_STEPS);
});

test("startSpan() ends the span of a Node stream when it was read to its end", async () => {
  const stream = startSpan("read", () => Readable.from(["a", "b"]));
  expect(tracing.spans()).toEqual([]);
  expect(await stream.toArray()).toEqual(["a", "b"]);
  expect(drawing()).toBe("read");
});

test("startSpan() is the parent of what a Node stream does when it is read", async () => {
  const stream = startSpan(
    "read",
    () =>
      new Readable({
        read() {
          startSpan("fetch", () => this.push(null));
        },
      }),
  );
  for await (const _chunk of stream);
  expect(drawing()).toBe(["read", "└─ fetch"].join("\n"));
});

test("startSpan() ends the span of a Node stream that is destroyed, or fails with its error", async () => {
  const destroyed = startSpan("read", () => new Readable({ read() {} }));
  destroyed.destroy();
  await new Promise((resolve) => destroyed.once("close", resolve));
  const failing = startSpan("read", () => new Readable({ read() {} }));
  failing.on("error", () => {});
  failing.destroy(new RangeError("cut"));
  await new Promise((resolve) => failing.once("close", resolve));
  expect(drawing()).toBe(["read", "", 'read ERROR "cut" error.type="RangeError"'].join("\n"));
  expect(failing.listenerCount("end")).toBe(0);
});

test("startSpan() ends the spans of writable and transform streams", async () => {
  const chunks: string[] = [];
  const upper = startSpan("upper", () => {
    return new Transform({ transform: (chunk, _encoding, done) => done(null, String(chunk).toUpperCase()) });
  });
  const sink = startSpan("sink", () => {
    return new Writable({ write: (chunk, _encoding, done) => done(void chunks.push(String(chunk))) });
  });
  await pipeline(Readable.from(["a"]), upper, sink);
  expect(chunks).toEqual(["A"]);
  expect(
    tracing
      .spans()
      .map((span) => span.name)
      .sort(),
  ).toEqual(["sink", "upper"]);
});

function webStream(...chunks: string[]): ReadableStream<string> {
  return new ReadableStream(
    {
      pull(controller) {
        startSpan("pull", () => {
          const chunk = chunks.shift();
          if (chunk === undefined) controller.close();
          else controller.enqueue(chunk);
        });
      },
    },
    { highWaterMark: 0 },
  );
}

test("startSpan() ends the span of a ReadableStream that a reader reads to its end", async () => {
  const stream = startSpan("body", () => webStream("a"));
  const reader = stream.getReader();
  expect((await reader.read()).value).toBe("a");
  expect(drawing()).not.toContain("body");
  expect((await reader.read()).done).toBe(true);
  await reader.closed;
  expect(drawing()).toBe(["body", "├─ pull", "└─ pull"].join("\n"));
});

test.each([
  [
    "for await",
    async (stream: ReadableStream) => {
      for await (const _chunk of stream);
    },
  ],
  ["cancel()", (stream: ReadableStream) => stream.cancel("enough")],
  ["pipeTo()", (stream: ReadableStream) => stream.pipeTo(new WritableStream())],
  [
    "pipeThrough()",
    (stream: ReadableStream) => stream.pipeThrough(new TransformStream()).pipeTo(new WritableStream()),
  ],
  [
    "tee()",
    async (stream: ReadableStream) => {
      const [a, b] = stream.tee();
      await Promise.all([
        new Response(a.pipeThrough(new TextEncoderStream())).text(),
        new Response(b.pipeThrough(new TextEncoderStream())).text(),
      ]);
    },
  ],
  [
    "new Response()",
    (stream: ReadableStream) => new Response(stream.pipeThrough(new TextEncoderStream())).text(),
  ],
])("startSpan() ends the span of a ReadableStream consumed by %s", async (_what, consume) => {
  const stream = startSpan("body", { attributes: {} }, () => webStream("a", "b"));
  await consume(stream);
  expect(tracing.spans().filter((span) => span.name === "body").length).toBe(1);
});

test("startSpan() records the error of a ReadableStream", async () => {
  const stream = startSpan(
    "body",
    () =>
      new ReadableStream(
        { pull: (controller) => controller.error(new RangeError("cut")) },
        { highWaterMark: 0 },
      ),
  );
  await expect(stream.getReader().read()).rejects.toThrow("cut");
  await null;
  expect(drawing()).toBe('body ERROR "cut" error.type="RangeError"');
});

test("startSpan() does not take a reader that lets go for the end of a ReadableStream", async () => {
  const stream = startSpan("body", () => webStream("a"));
  const reader = stream.getReader();
  await reader.read();
  reader.releaseLock();
  await null;
  expect(drawing()).not.toContain("body");
  for await (const _chunk of stream);
  expect(tracing.spans().at(-1)?.name).toBe("body");
});

test.each([
  ["text()", (response: Response) => response.text()],
  ["json()", (response: Response) => response.json()],
  [
    "the body",
    async (response: Response) => {
      for await (const _chunk of response.body ?? []);
    },
  ],
  ["a clone", (response: Response) => response.clone().text()],
])("startSpan() ends the span of a Response consumed by %s", async (_what, consume) => {
  const own = new Response('{"a":1}');
  const response = await startSpan("fetch", async () => own);
  expect(response).toBe(own);
  expect(response instanceof Response).toBe(true);
  expect(tracing.spans()).toEqual([]);
  await consume(response);
  expect(drawing()).toBe("fetch");
});

test("startSpan() ends the span of a Response without a body at once", () => {
  startSpan("fetch", () => new Response(null, { status: 204 }));
  expect(drawing()).toBe("fetch");
});

test("endWaitingCalls() ends the spans of results that nobody consumed, marks and counts them", () => {
  const before = waitingStats().abandoned;
  const generator = startSpan("numbers", numbers);
  generator.next();
  expect(waitingStats().waiting).toBe(1);
  expect(endWaitingCalls()).toBe(1);
  expect(renderTrace(tracing.spans())).toBe(["numbers dcmx.span.abandoned=true", "└─ step"].join("\n"));
  expect(waitingStats()).toEqual({ waiting: 0, abandoned: before + 1 });
  expect([...generator]).toEqual([2, 3]);
});

test("startSpan() takes for values what cannot be observed", () => {
  const frozen = Object.freeze(numbers());
  const hostile = new Proxy(
    {},
    {
      get() {
        throw new Error("no");
      },
      getPrototypeOf() {
        throw new Error("no");
      },
    },
  );
  expect(startSpan("frozen", () => frozen)).toBe(frozen);
  expect(startSpan("hostile", () => hostile)).toBe(hostile);
  expect(tracing.spans().map((span) => span.name)).toEqual(["frozen", "hostile"]);
});

test("startSpan() does not take the error of a Node stream away from those who must see it", () => {
  const stream = startSpan("read", () => new Readable({ read() {} }));
  expect(() => stream.emit("error", new RangeError("unheard"))).toThrow("unheard");
  expect(drawing()).toBe('read ERROR "unheard" error.type="RangeError"');
});

test("startSpan() takes a Node stream that is over already for a value", async () => {
  const stream = Readable.from([]);
  await stream.toArray();
  startSpan("read", () => stream);
  expect(drawing()).toBe("read");
});

test("startSpan() keeps apart generators that are consumed at the same time", async () => {
  const make = (name: string): AsyncGenerator<number> =>
    startSpan(name, async function* () {
      for (let i = 0; i < 2; i++) yield await startSpan(`${name}.step`, async () => i);
    });
  const [a, b] = [make("a"), make("b")];
  await Promise.all([a.next(), b.next(), b.next(), a.next()]);
  await Promise.all([b.next(), a.next()]);
  expect(drawing()).toBe(["a", "├─ a.step", "└─ a.step", "", "b", "├─ b.step", "└─ b.step"].join("\n"));
});

test("startSpan() passes through iterators that are stepped on after their end", () => {
  const generator = startSpan("numbers", numbers);
  expect([...generator].length).toBe(3);
  expect(generator.next()).toEqual({ done: true, value: undefined });
  expect(generator.return("x")).toEqual({ done: true, value: "x" });
  expect(drawing()).toBe(THREE_STEPS);
});

test("startSpan() ends the span of an iterator whose step is no result object", () => {
  const iterator = startSpan("odd", () => ({
    next: () => 5,
    [Symbol.iterator]() {
      return this;
    },
  }));
  expect(iterator.next()).toBe(5);
  expect(drawing()).toBe("odd");
});

test("startSpan() leaves a ReadableStream that is locked already to its reader", async () => {
  const stream = webStream("a");
  const reader = stream.getReader();
  expect(startSpan("locked", () => stream)).toBe(stream);
  expect((await reader.read()).value).toBe("a");
  expect(tracing.spans().map((span) => span.name)).toContain("locked");
});

test("startSpan() lets pipeThrough() of a ReadableStream refuse what is no pair of streams", () => {
  const stream = startSpan("body", () => webStream("a"));
  // @ts-expect-error a pair is required
  expect(() => stream.pipeThrough({})).toThrow(TypeError);
  // @ts-expect-error a pair is required
  expect(() => stream.pipeThrough()).toThrow(TypeError);
  endWaitingCalls();
});
