/**
 * For the tests of the encoder: an OTLP trace request as nested lists of fields, read by a schema.
 *
 * Two requests that mean the same give equal lists. Fields with the default value of their type are left out, as
 * protobuf 3 says that they mean the same as absent ones.
 */
export type Field = readonly [number: number, value: string | readonly Field[]];

/** Which fields of a message are messages themselves. */
interface Schema {
  readonly [field: number]: Schema | (() => Schema);
}

const ANY_VALUE: Schema = { 5: () => ({ 1: ANY_VALUE }), 6: () => ({ 1: KEY_VALUE }) };
const KEY_VALUE: Schema = { 2: ANY_VALUE };
const SPAN: Schema = { 9: KEY_VALUE, 11: { 3: KEY_VALUE }, 13: { 4: KEY_VALUE }, 15: {} };
const REQUEST: Schema = { 1: { 1: { 1: KEY_VALUE }, 2: { 1: { 3: KEY_VALUE }, 2: SPAN } } };

/** @param bytes An ExportTraceServiceRequest. @returns Its fields. @throws {RangeError} When the bytes are no message. */
export function fieldsOf(bytes: Uint8Array, schema: Schema = REQUEST): Field[] {
  const fields: Field[] = [];
  const buffer = Buffer.from(bytes);
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = buffer.readUInt8(at++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
  };
  const take = (size: number): Buffer => {
    if (at + size > buffer.length) throw new RangeError(`Cannot read ${size} bytes at ${at}`);
    at += size;
    return buffer.subarray(at - size, at);
  };
  while (at < buffer.length) {
    const tag = Number(varint());
    const number = tag >> 3;
    const sub = schema[number];
    const type = tag & 7;
    if (type === 0) {
      const value = varint();
      // int_value and bool_value are members of a oneof: there a zero is a value.
      if (value !== 0n || (schema === ANY_VALUE && number < 5)) fields.push([number, `${value}`]);
    } else if (type === 2) {
      const value = take(Number(varint()));
      if (sub) fields.push([number, fieldsOf(value, typeof sub === "function" ? sub() : sub)]);
      else if (value.length > 0 || schema === ANY_VALUE) fields.push([number, value.toString("hex")]);
    } else if (type === 1) fields.push([number, take(8).toString("hex")]);
    else if (type === 5) fields.push([number, take(4).toString("hex")]);
    else throw new RangeError(`Cannot read wire type ${type}`);
  }
  return fields;
}
