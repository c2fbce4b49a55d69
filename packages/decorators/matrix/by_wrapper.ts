import { traced } from "@dcmx-tracing/decorators";
import type { Service } from "./service.ts";

/** The form `traced(options, fn)`. */
export function byWrapper(work: Service): Service {
  const service: Service = {
    sync: traced({ operationName: "sync" }, work.sync),
    failing: traced({ operationName: "failing" }, work.failing),
    later: traced({ operationName: "later" }, work.later),
    promised: traced({ operationName: "promised" }, work.promised),
    rejecting: traced({ operationName: "rejecting" }, work.rejecting),
    thenable: traced({ operationName: "thenable" }, work.thenable),
    numbers: traced({ operationName: "numbers" }, work.numbers),
    laterNumbers: traced({ operationName: "laterNumbers" }, work.laterNumbers),
    stream: traced({ operationName: "stream" }, work.stream),
    body: traced({ operationName: "body" }, work.body),
    callback: traced({ operationName: "callback", callback: true }, work.callback),
    recursive: traced({ operationName: "recursive" }, (depth: number): number =>
      depth === 0 ? work.recursive(0) : service.recursive(depth - 1),
    ),
    concurrent: traced({ operationName: "concurrent" }, work.concurrent),
    captured: traced(
      { operationName: "captured", includeArgs: ["0", "1"], includeResult: true },
      work.captured,
    ),
  };
  return service;
}
