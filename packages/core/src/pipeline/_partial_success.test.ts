import { ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import fc from "fast-check";
import protobuf from "protobufjs";
import { expect, test } from "vitest";
import { readPartialSuccessMessage } from "./_partial_success.ts";

const field = (type: string, id: number): protobuf.IField => ({ type, id });
const type = protobuf.Root.fromJSON({
  nested: {
    Response: { fields: { partialSuccess: field("Partial", 1) } },
    Partial: {
      fields: {
        rejectedSpans: field("int64", 1),
        errorMessage: field("string", 2),
        later: field("bytes", 9),
      },
    },
  },
}).lookupType("Response");

test("readPartialSuccessMessage() reads what a protobuf library writes, and what the SDK reads", () => {
  const message = fc.record({ rejectedSpans: fc.nat(), errorMessage: fc.string(), later: fc.uint8Array() });
  fc.assert(
    fc.property(message, (partialSuccess) => {
      const bytes = Buffer.from(type.encode(type.create({ partialSuccess })).finish());
      const { rejectedSpans, errorMessage } = partialSuccess;
      expect(readPartialSuccessMessage(bytes)).toEqual({ rejectedSpans, errorMessage });
      const sdk = ProtobufTraceSerializer.deserializeResponse(bytes).partialSuccess;
      expect(Number(sdk?.rejectedSpans ?? 0)).toBe(rejectedSpans);
    }),
  );
});

test("readPartialSuccessMessage() refuses other bytes with a RangeError and nothing else", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
      try {
        readPartialSuccessMessage(Buffer.from(bytes));
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
  );
});

test("readPartialSuccessMessage() takes a negative count for none", () => {
  const bytes = Buffer.from(type.encode(type.create({ partialSuccess: { rejectedSpans: -4 } })).finish());
  expect(readPartialSuccessMessage(bytes).rejectedSpans).toBe(0);
});

test.each([
  ["a text", Buffer.from("ok")],
  ["a web page", Buffer.from("<!doctype html>")],
  ["a length beyond the end", Buffer.from([0x0a, 5, 0x08, 1])],
  ["bytes behind the message", Buffer.from([0x0a, 0, 1])],
  ["a varint without an end", Buffer.from([0x0a, 12, 0x08, ...Array<number>(11).fill(0xff)])],
])("readPartialSuccessMessage() refuses %s", (_name, bytes) => {
  expect(() => readPartialSuccessMessage(bytes)).toThrow(RangeError);
});
