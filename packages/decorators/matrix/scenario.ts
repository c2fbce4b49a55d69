import type { Child, Service } from "./service.ts";

/** What came out of a scenario, apart from the spans: every form must give the same. */
export type Outcome = readonly unknown[];

/** Runs every case once, in order, and awaits each, so that the trace is the same every time. */
export async function runScenario(service: Service, child: Child): Promise<Outcome> {
  return [
    service.sync(1),
    caught(() => service.failing()),
    await service.later(1),
    await service.promised(1),
    await service.rejecting().catch((error: unknown) => ["rejected", error]),
    await service.thenable(),
    [...service.numbers(2)],
    first(service.numbers(3)),
    await collect(service.laterNumbers(2)),
    await collect(service.stream()),
    await (await service.body()).text(),
    await child("caller", () => called(service, child)),
    service.recursive(2),
    await Promise.all([service.concurrent(3), service.concurrent(1), service.concurrent(2)]),
    Object.keys(service.captured({ price: 5n, when: new Date(0), tags: new Set(["a"]) }, 7n)),
  ];
}

function caught(fn: () => unknown): unknown {
  try {
    return fn();
  } catch (error) {
    return String(error);
  }
}

/** Takes one item and leaves the loop. */
function first<T>(items: Iterable<T>): T | undefined {
  for (const item of items) return item;
  return undefined;
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

function called(service: Service, child: Child): Promise<unknown> {
  return new Promise((resolve) => {
    service.callback(1, (error, result) => {
      child("after", () => resolve([error, result]));
    });
  });
}
