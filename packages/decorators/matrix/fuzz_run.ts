import { traced, tracedMethod } from "@dcmx-tracing/decorators";
import { startSpan } from "@dcmx-tracing/span";
import type { Form, Node } from "./fuzz_program.ts";

/** A function of which nothing is known but that it can be called. */
type AnyFunction = (...args: never[]) => unknown;

/** Puts tracing around the function of one call. */
export type Wrap = (node: Node, fn: AnyFunction) => AnyFunction;

/** What happened in a run: which calls began, and which of them ended with an error that left their function. */
export interface Journal {
  readonly began: Node[];
  readonly failed: Set<string>;
}

/** No tracing: what the results are compared with. */
export const untouched: Wrap = (_node, fn) => fn;

/** The form that the program asks for. */
export const tracing: Wrap = (node, fn) => WRAPS[node.form](node, fn);

const WRAPS: Readonly<Record<Form, Wrap>> = {
  traced: (node, fn) => traced(optionsOf(node), fn),
  startSpan:
    (node, fn) =>
    (...args) =>
      startSpan(node.id, () => fn(...args)),
  // By hand, as a compiler would: a context object for the standard form, a descriptor for the legacy one.
  standard: (node, fn) =>
    tracedMethod(optionsOf(node))(fn, {
      kind: "method",
      name: "run",
      private: false,
    } as ClassMethodDecoratorContext),
  legacy: (node, fn) => {
    const descriptor: TypedPropertyDescriptor<AnyFunction> = {
      value: fn,
      writable: true,
      configurable: true,
    };
    tracedMethod(optionsOf(node))(Object.prototype, "run", descriptor);
    return descriptor.value ?? fn;
  },
};

function optionsOf(node: Node): { operationName: string; callback: boolean } {
  return { operationName: node.id, callback: node.shape === "callback" };
}

/** Runs one call and everything below it; an error becomes a result. */
export async function runNode(node: Node, wrap: Wrap, journal: Journal): Promise<unknown> {
  try {
    return [node.id, await start(node, wrap, journal)];
  } catch (error) {
    return [node.id, "failed", String(error)];
  }
}

function runSync(node: Node, wrap: Wrap, journal: Journal): unknown {
  try {
    return [node.id, start(node, wrap, journal)];
  } catch (error) {
    return [node.id, "failed", String(error)];
  }
}

/** Calls the function of the node and consumes what it returns. */
function start(node: Node, wrap: Wrap, journal: Journal): unknown {
  const call = (fn: AnyFunction): unknown => Reflect.apply(wrap(node, fn), undefined, []);
  // What the bodies return is known by their shape.
  switch (node.shape) {
    case "sync":
      return call(() => bodySync(node, wrap, journal));
    case "recursive":
      return recurse(node, wrap, journal);
    case "generator":
      return consume(call(generatorOf(node, wrap, journal)) as Generator, node.take);
    case "async":
      return call(async () => body(node, wrap, journal));
    case "promise":
      return call(() => Promise.resolve().then(() => body(node, wrap, journal)));
    case "thenable":
      return call(() => lazy(() => body(node, wrap, journal)));
    case "asyncGenerator":
      return consumeLater(call(asyncGeneratorOf(node, wrap, journal)) as AsyncGenerator, node.take);
    case "stream":
      return consumeLater(call(() => streamOf(node, wrap, journal)) as ReadableStream, node.take);
    case "callback":
      return new Promise((resolve, reject) => {
        const run = wrap(node, (done: (error: unknown, value?: unknown) => void) => {
          body(node, wrap, journal).then(
            (value) => done(null, value),
            (error: unknown) => done(error ?? "nothing"),
          );
        });
        Reflect.apply(run, undefined, [
          (error: unknown, value: unknown) => (error === null ? resolve(value) : reject(error)),
        ]);
      });
  }
}

function bodySync(node: Node, wrap: Wrap, journal: Journal): unknown {
  journal.began.push(node);
  const results = node.children.map((child) => runSync(child, wrap, journal));
  return end(node, results, journal);
}

async function body(node: Node, wrap: Wrap, journal: Journal): Promise<unknown> {
  journal.began.push(node);
  const results: unknown[] = [];
  if (node.concurrent)
    results.push(...(await Promise.all(node.children.map((child) => runNode(child, wrap, journal)))));
  else for (const child of node.children) results.push(await runNode(child, wrap, journal));
  return end(node, results, journal);
}

/** Calls itself twice more before it does its work. */
function recurse(node: Node, wrap: Wrap, journal: Journal): unknown {
  const run = wrap(node, (depth: number) => {
    if (depth === 0) return bodySync(node, wrap, journal);
    return Reflect.apply(run, undefined, [depth - 1]);
  });
  return Reflect.apply(run, undefined, [2]);
}

function generatorOf(node: Node, wrap: Wrap, journal: Journal): () => Generator {
  return function* () {
    journal.began.push(node);
    for (const child of node.children) yield runSync(child, wrap, journal);
    return end(node, [], journal);
  };
}

function asyncGeneratorOf(node: Node, wrap: Wrap, journal: Journal): () => AsyncGenerator {
  return async function* () {
    journal.began.push(node);
    for (const child of node.children) yield await runNode(child, wrap, journal);
    return end(node, [], journal);
  };
}

function streamOf(node: Node, wrap: Wrap, journal: Journal): ReadableStream {
  journal.began.push(node);
  const left = [...node.children];
  return new ReadableStream(
    {
      async pull(controller) {
        const child = left.shift();
        if (child !== undefined) controller.enqueue(await runNode(child, wrap, journal));
        else {
          end(node, [], journal);
          controller.close();
        }
      },
    },
    { highWaterMark: 0 },
  );
}

function end(node: Node, results: unknown, journal: Journal): unknown {
  if (node.ending === "return") return results;
  journal.failed.add(node.id);
  throw node.ending === "throw" ? new Error(node.id) : undefined;
}

function lazy(run: () => Promise<unknown>): PromiseLike<unknown> {
  // biome-ignore lint/suspicious/noThenProperty: a lazy query builder
  return { then: (done, failed) => run().then(done, failed) };
}

function consume(items: Iterable<unknown>, take: number): unknown[] {
  const found: unknown[] = [];
  for (const item of items) if (found.push(item) === take) break;
  return found;
}

async function consumeLater(items: AsyncIterable<unknown>, take: number): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const item of items) if (found.push(item) === take) break;
  return found;
}
