import { startSpan } from "@dcmx-tracing/span";
import type { Service } from "./service.ts";

/** The form `startSpan(name, fn)`. A callback and what is captured are written by hand there. */
export function byStartSpan(work: Service): Service {
  const service: Service = {
    sync: (a) => startSpan("sync", () => work.sync(a)),
    failing: () => startSpan("failing", () => work.failing()),
    later: (a) => startSpan("later", () => work.later(a)),
    promised: (a) => startSpan("promised", () => work.promised(a)),
    rejecting: () => startSpan("rejecting", () => work.rejecting()),
    thenable: () => startSpan("thenable", () => work.thenable()),
    numbers: (count) => startSpan("numbers", () => work.numbers(count)),
    laterNumbers: (count) => startSpan("laterNumbers", () => work.laterNumbers(count)),
    stream: () => startSpan("stream", () => work.stream()),
    body: () => startSpan("body", () => work.body()),
    callback(value, done) {
      const called = startSpan(
        "callback",
        () =>
          new Promise<[unknown, number | undefined]>((resolve) => {
            work.callback(value, (error, result) => resolve([error, result]));
          }),
      );
      void called.then(([error, result]) => done(error, result));
    },
    recursive: (depth) =>
      startSpan("recursive", () => (depth === 0 ? work.recursive(0) : service.recursive(depth - 1))),
    concurrent: (id) => startSpan("concurrent", () => work.concurrent(id)),
    captured: (order, count) =>
      startSpan("captured", (span) => {
        span.setAttribute("code.args.0", '{"price":"5","when":"1970-01-01T00:00:00.000Z","tags":["a"]}');
        span.setAttribute("code.args.1", String(count));
        const result = work.captured(order, count);
        span.setAttribute("code.result", '{"count":"7","bytes":"0x0102"}');
        return result;
      }),
  };
  return service;
}
