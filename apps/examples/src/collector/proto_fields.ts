/** One field of a protobuf message: a number, or the bytes of a text, a message or a fixed number. */
export interface ProtoField {
  readonly id: number;
  readonly number: bigint;
  readonly bytes: Uint8Array;
}

/** Reads the fields of a protobuf message in their order (https://protobuf.dev/programming-guides/encoding/). */
export function* protoFields(message: Uint8Array): Generator<ProtoField> {
  const reader = new Reader(message);
  while (!reader.done) {
    const tag = Number(reader.varint());
    const [id, wireType] = [tag >>> 3, tag & 7];
    if (wireType === 0) yield { id, number: reader.varint(), bytes: EMPTY };
    else if (wireType === 1) yield fixed(id, reader.take(8));
    else if (wireType === 2) yield { id, number: 0n, bytes: reader.take(Number(reader.varint())) };
    else if (wireType === 5) yield fixed(id, reader.take(4));
    else throw new RangeError(`Cannot read the message as field ${id} has the unknown wire type ${wireType}`);
  }
}

const EMPTY = new Uint8Array();

function fixed(id: number, bytes: Uint8Array): ProtoField {
  const number = bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
  return { id, number, bytes };
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.take(1)[0] ?? 0;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }

  take(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.length)
      throw new RangeError("Cannot read the message as it is cut off");
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
