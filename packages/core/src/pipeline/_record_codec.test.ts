import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeHeader, HEADER_BYTES, nextRecord, readRecord } from "./_record_codec.ts";

const record = fc.record({
  payload: fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
  spans: fc.nat(0xffffffff),
});
type Given = { payload: Buffer; spans: number };

const encode = (records: readonly Given[]): Buffer =>
  Buffer.concat(records.flatMap(({ payload, spans }) => [encodeHeader(payload, spans), payload]));

function decode(bytes: Buffer): Given[] {
  const found: Given[] = [];
  for (let next = nextRecord(bytes, 0); next; next = nextRecord(bytes, next.end)) {
    found.push({ payload: Buffer.from(next.payload), spans: next.spans });
  }
  return found;
}

test("nextRecord() reads back any records that were written one after the other", () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 8 }), (records) => {
      expect(decode(encode(records))).toEqual(records);
    }),
  );
});

test("nextRecord() gives the records before a cut, and nothing else", () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 5 }), fc.nat(), (records, seed) => {
      const bytes = encode(records);
      const cut = seed % bytes.length;
      let end = 0;
      const whole = records.filter(({ payload }) => {
        end += HEADER_BYTES + payload.length;
        return end <= cut;
      });
      expect(decode(bytes.subarray(0, cut))).toEqual(whole);
    }),
  );
});

test("nextRecord() passes over a record with any damaged byte and finds all others", () => {
  fc.assert(
    fc.property(
      fc.array(record, { minLength: 1, maxLength: 5 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (records, seed, flip) => {
        const bytes = encode(records);
        const at = seed % bytes.length;
        bytes.writeUInt8(bytes.readUInt8(at) ^ flip, at);
        let end = 0;
        const sound = records.filter(({ payload }) => {
          const start = end;
          end += HEADER_BYTES + payload.length;
          return at < start || at >= end;
        });
        expect(decode(bytes)).toEqual(sound);
      },
    ),
  );
});

test("nextRecord() finds the records between stretches of garbage", () => {
  fc.assert(
    fc.property(record, record, fc.uint8Array({ maxLength: 50 }), (one, two, garbage) => {
      const bytes = Buffer.concat([garbage, encode([one]), garbage, encode([two]), garbage]);
      expect(decode(bytes)).toEqual([one, two]);
    }),
  );
});

test("nextRecord() finds a record that follows half a record", () => {
  const whole = encode([{ payload: Buffer.from("payload"), spans: 3 }]);
  expect(decode(Buffer.concat([whole.subarray(0, 18), whole]))).toEqual(decode(whole));
});

test("readRecord() never throws, whatever the bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(70), (bytes, at) => {
      readRecord(Buffer.from(bytes), at);
    }),
  );
});
