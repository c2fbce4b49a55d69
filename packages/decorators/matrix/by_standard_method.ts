import { tracedMethod } from "@dcmx-tracing/decorators";
import type { Service } from "./service.ts";

class MethodService implements Service {
  readonly work: Service;

  constructor(work: Service) {
    this.work = work;
  }

  @tracedMethod({ operationName: "sync" })
  sync(a: number): number {
    return this.work.sync(a);
  }

  @tracedMethod({ operationName: "failing" })
  failing(): never {
    return this.work.failing();
  }

  @tracedMethod({ operationName: "later" })
  async later(a: number): Promise<number> {
    return await this.work.later(a);
  }

  @tracedMethod({ operationName: "promised" })
  promised(a: number): Promise<number> {
    return this.work.promised(a);
  }

  @tracedMethod({ operationName: "rejecting" })
  rejecting(): Promise<never> {
    return this.work.rejecting();
  }

  @tracedMethod({ operationName: "thenable" })
  thenable(): PromiseLike<string> {
    return this.work.thenable();
  }

  @tracedMethod({ operationName: "numbers" })
  *numbers(count: number): Generator<number, string> {
    return yield* this.work.numbers(count);
  }

  @tracedMethod({ operationName: "laterNumbers" })
  async *laterNumbers(count: number): AsyncGenerator<number, string> {
    return yield* this.work.laterNumbers(count);
  }

  @tracedMethod({ operationName: "stream" })
  stream(): ReadableStream<string> {
    return this.work.stream();
  }

  @tracedMethod({ operationName: "body" })
  body(): Promise<Response> {
    return this.work.body();
  }

  @tracedMethod({ operationName: "callback", callback: true })
  callback(value: number, done: (error: unknown, result?: number) => void): void {
    this.work.callback(value, done);
  }

  @tracedMethod({ operationName: "recursive" })
  recursive(depth: number): number {
    return depth === 0 ? this.work.recursive(0) : this.recursive(depth - 1);
  }

  @tracedMethod({ operationName: "concurrent" })
  concurrent(id: number): Promise<number> {
    return this.work.concurrent(id);
  }

  @tracedMethod({ operationName: "captured", includeArgs: ["0", "1"], includeResult: true })
  captured(order: object, count: bigint): object {
    return this.work.captured(order, count);
  }
}

/** The form `@tracedMethod(options)`, as a standard decorator. */
export function byStandardMethod(work: Service): Service {
  return new MethodService(work);
}
