/** What every form of tracing offers in the matrix: the same methods, traced under the same names. */
export interface Service {
  sync(a: number): number;
  failing(): never;
  later(a: number): Promise<number>;
  promised(a: number): Promise<number>;
  rejecting(): Promise<never>;
  thenable(): PromiseLike<string>;
  numbers(count: number): Generator<number, string>;
  laterNumbers(count: number): AsyncGenerator<number, string>;
  stream(): ReadableStream<string>;
  body(): Promise<Response>;
  callback(value: number, done: (error: unknown, result?: number) => void): void;
  recursive(depth: number): number;
  concurrent(id: number): Promise<number>;
  captured(order: object, count: bigint): object;
}

/** Runs a piece of work inside a child span, so that every trace shows where its children hang. */
export type Child = <T>(name: string, fn: () => T) => T;

/** The work itself, without any tracing but the children: what all forms share. */
export function makeWork(child: Child): Service {
  const work: Service = {
    sync: (a) => child("child", () => a + 1),
    failing: () => {
      throw new RangeError("failing");
    },
    later: async (a) => {
      await null;
      return child("child", () => a + 1);
    },
    promised: (a) => Promise.resolve().then(() => child("child", () => a + 1)),
    rejecting: () => Promise.reject(undefined),
    thenable: () => ({
      // biome-ignore lint/suspicious/noThenProperty: a lazy query builder
      then: (done, failed) => Promise.resolve(child("child", () => "rows")).then(done, failed),
    }),
    *numbers(count) {
      for (let i = 1; i <= count; i++) yield child("child", () => i);
      return "end";
    },
    async *laterNumbers(count) {
      for (let i = 1; i <= count; i++) yield await child("child", async () => i);
      return "end";
    },
    stream: () =>
      new ReadableStream(
        {
          pull: (controller) =>
            child("child", () => {
              controller.enqueue("chunk");
              controller.close();
            }),
        },
        { highWaterMark: 0 },
      ),
    body: async () => new Response("body"),
    callback: (value, done) => child("child", () => queueMicrotask(() => done(null, value + 1))),
    recursive: (depth) => depth,
    concurrent: async (id) => {
      for (let i = 0; i < id; i++) await null;
      return child(`child-${id}`, () => id);
    },
    captured: (_order, count) => ({ count, bytes: new Uint8Array([1, 2]) }),
  };
  return work;
}
