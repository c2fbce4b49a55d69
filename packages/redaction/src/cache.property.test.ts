import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor, type Redactor } from "./create_redactor.ts";
import type { RedactionOptions } from "./redaction_options.ts";
import { SECRET_KINDS } from "./testing/_secrets.ts";

const KEY = "4f9063db53d9f3b7701001e59da7f36a1b1407a09b137189d3e946b4455d3f57";
/** The address of the key above. */
const SIGNER = "0x313d459288f7a4357732ce07445ae376882c9d00";
const KEYS = [
  "",
  "note",
  "tx.hash",
  "block.hash",
  "url.path",
  "server.address",
  "db.query.text",
  "user.id",
  "password",
  "api.token",
  "exception.message",
];

const key = fc.constantFrom(...KEYS);
const secret = fc.oneof(...SECRET_KINDS.map((kind) => kind.arbitrary.map(String)));
const text = fc.oneof(
  fc.constantFrom("polygon", "eth_call", "/v3/nfts", "mint item 7", "hunter2", "", "0x", "a=b", "pin 1234"),
  fc.constantFrom(
    `0x${KEY}`,
    `tx 0x${KEY} done`,
    SIGNER,
    `wallet ${SIGNER}`,
    "correct-horse-battery",
    "1.2.3.4",
  ),
  fc.string({ maxLength: 90 }),
  secret,
  fc
    .tuple(fc.constantFrom("password: ", "tx ", "key=", "item "), secret)
    .map(([label, value]) => label + value),
);
/** One call in the life of a redactor. */
type Call = readonly [key: string, text: string];
const calls = fc.array(fc.tuple(key, text), { minLength: 1, maxLength: 60 });
const runs = { numRuns: 120, seed: 20261122 };

/** What a redactor that has seen nothing before answers. */
function fresh(
  [name, value]: Call,
  options: RedactionOptions,
  prepare: (redactor: Redactor) => void = () => undefined,
) {
  const redactor = createRedactor(options);
  prepare(redactor);
  return redactor.redactString(value, name);
}

test("redactString() answers the same the second time", () => {
  fc.assert(
    fc.property(calls, (list) => {
      const redactor = createRedactor();
      const first = list.map(([name, value]) => redactor.redactString(value, name));
      // What was learned from the first round can only make more of it public.
      const second = list.map(([name, value]) => redactor.redactString(value, name));
      const third = list.map(([name, value]) => redactor.redactString(value, name));
      expect(third).toEqual(second);
      for (const [i, [, value]] of list.entries()) if (first[i] === value) expect(second[i]).toBe(value);
    }),
    runs,
  );
});

test("redactString() answers under one key as if no other key had been asked", () => {
  // Keys that the catalogue calls public feed the registry, by which a hash is public elsewhere; that is no cache.
  const silent = calls.map((list) => list.filter(([name]) => name !== "tx.hash" && name !== "block.hash"));
  fc.assert(
    fc.property(silent, (list) => {
      const redactor = createRedactor();
      for (const call of list) expect(redactor.redactString(call[1], call[0])).toBe(fresh(call, {}));
    }),
    { ...runs, numRuns: 40 },
  );
});

test("redactString() forgets what was clean when a secret is added", () => {
  fc.assert(
    fc.property(calls, fc.constantFrom("correct-horse-battery", "polygon", "mint item 7"), (list, added) => {
      const redactor = createRedactor();
      for (const [name, value] of list) redactor.redactString(value, name);
      redactor.addSecret(added);
      for (const name of KEYS) expect(redactor.redactString(`${added}`, name)).not.toContain(added);
    }),
    runs,
  );
});

test("redactString() forgets what was clean when a signer is added", () => {
  fc.assert(
    fc.property(calls, (list) => {
      const redactor = createRedactor();
      redactor.redactString(`0x${KEY}`, "tx.hash");
      for (const [name, value] of list) redactor.redactString(value, name);
      redactor.addKnownSigner(SIGNER);
      for (const name of KEYS) expect(redactor.redactString(`0x${KEY}`, name)).not.toContain(KEY);
    }),
    { ...runs, numRuns: 30 },
  );
});

test("redactString() does not remember that a hash was secret when it becomes public", () => {
  const redactor = createRedactor();
  expect(redactor.redactString(`0x${KEY}`, "note")).toBe("[REDACTED]");
  redactor.addPublicHash(`0x${KEY}`);
  expect(redactor.redactString(`0x${KEY}`, "note")).toBe(`0x${KEY}`);
  expect(redactor.redactString(`tx 0x${KEY.toUpperCase()}`, "note")).toBe(`tx 0x${KEY.toUpperCase()}`);
});

test("redactString() keeps its answers when far more values were seen than it remembers", () => {
  const redactor = createRedactor();
  for (let i = 0; i < 40_000; i++) redactor.redactString(`item ${i}`, `key.${i % 300}`);
  for (const call of [
    ["note", `0x${KEY}`],
    ["password", "hunter2x"],
    ["note", "polygon"],
  ] as const)
    expect(redactor.redactString(call[1], call[0])).toBe(fresh(call, {}));
});

test("redactString() remembers no verdict of one redactor in another", () => {
  const open = createRedactor({ allowKeys: ["note"] });
  expect(open.redactString(`0x${KEY}`, "note")).toBe(`0x${KEY}`);
  expect(createRedactor().redactString(`0x${KEY}`, "note")).toBe("[REDACTED]");
});

test("redactSpan() reads resource and scope anew when a secret is added", () => {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ "build.ref": "correct-horse-battery" }),
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  });
  provider.getTracer("correct-horse-battery").startSpan("mint").end();
  const redactor = createRedactor();
  const [span] = exporter.getFinishedSpans();
  if (span === undefined) throw new Error("The span is missing");
  expect(redactor.redactSpan(span)).toBe(span);
  redactor.addSecret("correct-horse-battery");
  const after = redactor.redactSpan(span);
  expect(JSON.stringify([after.resource.attributes, after.instrumentationScope])).not.toContain("battery");
});
