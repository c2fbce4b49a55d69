/** What a collector says about the spans that it refused. */
export interface PartialSuccess {
  readonly rejectedSpans: number;
  readonly errorMessage: string;
}

/**
 * Reads an ExportTraceServiceResponse, of which three fields matter: `partial_success` (1) with `rejected_spans` (1)
 * and `error_message` (2). The SDK's reader would bring its serializers of logs and metrics with it, a quarter of the
 * time that it takes to load this package.
 *
 * @param body The body of the answer, not empty.
 * @returns What was refused.
 * @throws {RangeError} When the bytes are no such message.
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export function readPartialSuccessMessage(body: Buffer): PartialSuccess {
  const outer = new Reader(body);
  // The one field there is has tag 0x0a; a text or a web page starts otherwise, but could be skipped as unknown fields.
  if (outer.varint() !== 0x0a) throw new RangeError("no partial_success field");
  const inner = new Reader(outer.bytes());
  if (!outer.done) throw new RangeError("a length that does not fit");
  let rejectedSpans = 0;
  let errorMessage = "";
  while (!inner.done) {
    const tag = inner.varint();
    if (tag === 0x08) rejectedSpans = positive(inner.varint());
    else if (tag === 0x12) errorMessage = inner.bytes().toString();
    else inner.skip(tag & 7);
  }
  return { rejectedSpans, errorMessage };
}

// int64: what has the highest of 64 bits set is negative, and nothing was refused less than not at all.
function positive(value: number): number {
  return value >= 2 ** 63 ? 0 : value;
}

class Reader {
  readonly #body: Buffer;
  #at = 0;

  constructor(body: Buffer) {
    this.#body = body;
  }

  get done(): boolean {
    return this.#at >= this.#body.length;
  }

  // Beyond 53 bits a number is no longer exact, which no count of spans ever needs.
  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#body.readUInt8(this.#at++);
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError("a varint of more than ten bytes");
  }

  bytes(): Buffer {
    const length = this.varint();
    const start = this.#at;
    if (start + length > this.#body.length) throw new RangeError("a length beyond the end");
    this.#at += length;
    return this.#body.subarray(start, this.#at);
  }

  skip(wireType: number): void {
    if (wireType === 0) this.varint();
    else if (wireType === 1) this.#at += 8;
    else if (wireType === 2) this.bytes();
    else if (wireType === 5) this.#at += 4;
    else throw new RangeError("an unknown wire type");
  }
}
