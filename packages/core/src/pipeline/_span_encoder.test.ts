import { createTraceState, type HrTime, SpanKind, TraceFlags } from "@opentelemetry/api";
import { ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import { resourceFromAttributes } from "@opentelemetry/resources";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeTraceRequest } from "../testing/_otlp_messages.ts";
import { fieldsOf } from "../testing/_proto_fields.ts";
import { SpanEncoder } from "./_span_encoder.ts";

const resources = [
  resourceFromAttributes({ "service.name": "minting", "host.cores": 4 }, { schemaUrl: "https://schema/1" }),
  resourceFromAttributes({}),
];
const scopes = [
  { name: "a" },
  { name: "ä", version: "1.2.3", schemaUrl: "https://schema/2" },
  { name: "c", attributes: { level: 3 } },
];

const hex = (length: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Buffer.from(bytes).toString("hex"));
const text = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ minLength: 120, maxLength: 400 }),
);
const scalar = fc.oneof(
  text,
  fc.boolean(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.constantFrom(2 ** 53, 2 ** 62, -(2 ** 63), 2 ** 63, -0, 2 ** 31, 2 ** 32, 127, 128),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    scalar,
    fc.array(scalar, { maxLength: 4 }),
    fc.uint8Array({ maxLength: 200 }),
    fc.constantFrom(undefined, null),
    fc.dictionary(fc.string({ maxLength: 5 }), tie("value"), { maxKeys: 3 }),
  ),
}));
const attributes = fc.dictionary(text, value, { maxKeys: 6 });
const time: fc.Arbitrary<HrTime> = fc
  .tuple(fc.nat(2 ** 31 - 1), fc.nat(999_999_999))
  .map(([s, n]) => [s * 2, n]);
const traceState = fc.constantFrom(undefined, createTraceState("k=v,other=1"), createTraceState(""));
const spanContext = fc.record({
  traceId: hex(16),
  spanId: hex(8),
  traceFlags: fc.constantFrom(TraceFlags.SAMPLED, 3),
  isRemote: fc.constantFrom(undefined, true, false),
  traceState,
});
const count = fc.constantFrom(0, 0, 1, 300);

/** Spans as the SDK's classes show them: whatever attribute a program slips past the types is in here too. */
const span = fc
  .record({
    name: text,
    kind: fc.constantFrom(SpanKind.INTERNAL, SpanKind.CLIENT, SpanKind.CONSUMER),
    context: spanContext,
    parentSpanContext: fc.option(spanContext, { nil: undefined }),
    startTime: time,
    endTime: time,
    status: fc.record({ code: fc.constantFrom(0, 1, 2), message: fc.option(text, { nil: undefined }) }),
    attributes,
    links: fc.array(fc.record({ context: spanContext, attributes, droppedAttributesCount: count }), {
      maxLength: 2,
    }),
    events: fc.array(fc.record({ name: text, time, attributes, droppedAttributesCount: count }), {
      maxLength: 3,
    }),
    droppedAttributesCount: count,
    droppedEventsCount: count,
    droppedLinksCount: count,
    resource: fc.constantFrom(...resources),
    instrumentationScope: fc.constantFrom(...scopes),
  })
  // The generated attributes are wider than the type allows: the encoder has to bear them all the same.
  .map(({ context, ...rest }) => ({ ...rest, spanContext: () => context }) as unknown as ReadableSpan);

function encode(spans: readonly ReadableSpan[]): Buffer {
  const encoder = new SpanEncoder();
  for (const each of spans) encoder.add(each);
  return encoder.take().body();
}

test("SpanEncoder writes the fields that the SDK's serializer writes, for any spans", () => {
  fc.assert(
    fc.property(fc.array(span, { minLength: 1, maxLength: 6 }), (spans) => {
      const ours = fieldsOf(encode(spans));
      const theirs = fieldsOf(ProtobufTraceSerializer.serializeRequest(spans) ?? new Uint8Array());
      expect(ours).toEqual(theirs);
    }),
    { numRuns: 500 },
  );
});

test("SpanEncoder writes what an independent decoder reads back", () => {
  const spanOf = (name: string): ReadableSpan => {
    const [made] = fc.sample(span, { numRuns: 1, seed: 7 });
    return { ...made, name, spanContext: made?.spanContext } as ReadableSpan; // one sample was asked for
  };
  const names = ["first", "ünïcode", "x".repeat(5_000)];
  expect(decodeTraceRequest(encode(names.map(spanOf))).map(({ name }) => name)).toEqual(names);
});

test("SpanEncoder.take() empties the encoder and tells the number of spans and bytes", () => {
  const encoder = new SpanEncoder();
  const [one, two] = fc.sample(span, { numRuns: 2, seed: 1 });
  if (!one || !two) throw new Error("fast-check gave no sample");
  encoder.add(one);
  encoder.add(two);
  const batch = encoder.take();
  expect([batch.spans, batch.bytes > 0, encoder.spans, encoder.bytes]).toEqual([2, true, 0, 0]);
  encoder.add(two);
  expect(encoder.take().body()).toEqual(encode([two]));
});

test("SpanEncoder.add() keeps nothing of a span that cannot be encoded", () => {
  const [good] = fc.sample(span, { numRuns: 1, seed: 3 });
  if (!good) throw new Error("fast-check gave no sample");
  const bad = Object.create(good, {
    events: {
      get(): never {
        throw new RangeError("no events");
      },
    },
  });
  const encoder = new SpanEncoder();
  encoder.add(good);
  expect(() => encoder.add(bad)).toThrow("no events");
  expect(encoder.spans).toBe(1);
  expect(encoder.take().body()).toEqual(encode([good]));
});

test("SpanEncoder reads the resource when the body is made, so late attributes are in it", async () => {
  const resource = resourceFromAttributes({ "host.id": Promise.resolve("h1") });
  const [sample] = fc.sample(span, { numRuns: 1, seed: 5 });
  const encoder = new SpanEncoder();
  encoder.add({ ...sample, resource } as ReadableSpan); // one sample was asked for
  const batch = encoder.take();
  await resource.waitForAsyncAttributes?.();
  expect(decodeTraceRequest(batch.body())[0]?.resource).toEqual({ "host.id": "h1" });
});

test("SpanBytes.pack() saves memory and changes no byte of the body", () => {
  fc.assert(
    fc.property(fc.array(span, { minLength: 1, maxLength: 40 }), (spans) => {
      const encoder = new SpanEncoder();
      for (const each of spans) encoder.add(each);
      const batch = encoder.take();
      const [before, body] = [batch.bytes, batch.body()];
      const saved = batch.pack();
      expect(saved).toBeGreaterThanOrEqual(0);
      expect([batch.bytes + saved, batch.body()]).toEqual([before, body]);
      expect(batch.pack()).toBe(0);
    }),
    { numRuns: 50 },
  );
});

test("SpanBytes.pack() waits for the resource", async () => {
  const resource = resourceFromAttributes({ "host.id": Promise.resolve("h1") });
  const spans = fc.sample(span, { numRuns: 100, seed: 4 }).map((each) => ({ ...each, resource }));
  const encoder = new SpanEncoder();
  for (const each of spans) encoder.add(each);
  const batch = encoder.take();
  expect(batch.pack()).toBe(0);
  await resource.waitForAsyncAttributes?.();
  expect(batch.pack()).toBeGreaterThan(0);
});

test("SpanEncoder names each resource and each scope once a request", () => {
  const [sample] = fc.sample(span, { numRuns: 1, seed: 9 });
  const spans = Array.from(
    { length: 60 },
    (_, at) =>
      ({ ...sample, resource: resources[at % 2], instrumentationScope: scopes[at % 3] }) as ReadableSpan,
  );
  const body = encode(spans);
  expect(Buffer.from(body).toString("latin1").split("minting").length - 1).toBe(1);
  expect(decodeTraceRequest(body)).toHaveLength(60);
});
