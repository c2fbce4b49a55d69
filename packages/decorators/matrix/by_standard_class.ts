import { tracedClass, tracedMethod } from "@dcmx-tracing/decorators";
import type { Service } from "./service.ts";

@tracedClass({ className: "Service" })
class ClassService implements Service {
  readonly work: Service;

  constructor(work: Service) {
    this.work = work;
  }

  sync(a: number): number {
    return this.work.sync(a);
  }

  failing(): never {
    return this.work.failing();
  }

  async later(a: number): Promise<number> {
    return await this.work.later(a);
  }

  promised(a: number): Promise<number> {
    return this.work.promised(a);
  }

  rejecting(): Promise<never> {
    return this.work.rejecting();
  }

  thenable(): PromiseLike<string> {
    return this.work.thenable();
  }

  *numbers(count: number): Generator<number, string> {
    return yield* this.work.numbers(count);
  }

  async *laterNumbers(count: number): AsyncGenerator<number, string> {
    return yield* this.work.laterNumbers(count);
  }

  stream(): ReadableStream<string> {
    return this.work.stream();
  }

  body(): Promise<Response> {
    return this.work.body();
  }

  @tracedMethod({ operationName: "callback", callback: true })
  callback(value: number, done: (error: unknown, result?: number) => void): void {
    this.work.callback(value, done);
  }

  recursive(depth: number): number {
    return depth === 0 ? this.work.recursive(0) : this.recursive(depth - 1);
  }

  concurrent(id: number): Promise<number> {
    return this.work.concurrent(id);
  }

  @tracedMethod({ operationName: "captured", includeArgs: ["0", "1"], includeResult: true })
  captured(order: object, count: bigint): object {
    return this.work.captured(order, count);
  }
}

/** The form `@tracedClass(options)`, as a standard decorator. */
export function byStandardClass(work: Service): Service {
  return new ClassService(work);
}
