import { endWaitingCalls } from "@dcmx-tracing/span/kernel";
import { createTestTracing, type TestTracing } from "@dcmx-tracing/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeProgram, type Node, randomBy } from "./fuzz_program.ts";
import { type Journal, runNode, tracing as traceNode, untouched } from "./fuzz_run.ts";

const CALLS = 10_000;
const AT_ONCE = 8;

let tracing: TestTracing;
beforeEach(() => {
  tracing = createTestTracing();
});
afterEach(() => tracing.shutdown());

function makePrograms(seed: number, calls: number): Node[] {
  const random = randomBy(seed);
  let made = 0;
  const programs: Node[] = [];
  while (made < calls) programs.push(makeProgram(random, () => ++made));
  return programs;
}

/** What a span must be: its name, how many of them, its parent's names, and whether it failed. */
function expectedOf(journal: Journal): string[] {
  return journal.began.flatMap(({ id, parent = "none", shape }) => {
    const failed = journal.failed.has(id) ? "failed" : "fine";
    const self = `${id} under ${id} ${failed}`;
    return shape === "recursive"
      ? [`${id} under ${parent} ${failed}`, self, self]
      : [`${id} under ${parent} ${failed}`];
  });
}

function actualOf(): string[] {
  const spans = tracing.spans();
  const names = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
  return spans.map((span) => {
    const parent = span.parentSpanContext === undefined ? "none" : names.get(span.parentSpanContext.spanId);
    return `${span.name} under ${parent} ${span.status.code === 2 ? "failed" : "fine"}`;
  });
}

async function runAll(
  programs: readonly Node[],
  run: (program: Node) => Promise<unknown>,
): Promise<unknown[]> {
  const results: unknown[] = [];
  for (let at = 0; at < programs.length; at += AT_ONCE) {
    results.push(...(await Promise.all(programs.slice(at, at + AT_ONCE).map(run))));
  }
  return results;
}

test(`${CALLS} random calls leave no span open, no wrong parent and no changed result`, async () => {
  const programs = makePrograms(20_260, CALLS * 1.2);
  const plain: Journal = { began: [], failed: new Set() };
  const expected = await runAll(programs, (program) => runNode(program, untouched, plain));
  expect(tracing.spans()).toEqual([]);

  const journal: Journal = { began: [], failed: new Set() };
  const results = await runAll(programs, (program) => runNode(program, traceNode, journal));

  expect(results).toEqual(expected);
  expect(endWaitingCalls()).toBe(0);
  expect(tracing.openSpans()).toEqual([]);
  expect(actualOf().sort()).toEqual(expectedOf(journal).sort());
  expect(journal.began.length).toBeGreaterThan(CALLS);
  expect(new Set(journal.began.map(({ shape }) => shape)).size).toBe(9);
}, 180_000);
