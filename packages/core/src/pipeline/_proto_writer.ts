/**
 * Writes protobuf fields into one growing buffer, in one pass and without garbage.
 *
 * Lengths are written minimal: one byte is reserved, and what follows is moved in the rare case that needs more.
 *
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export class ProtoWriter {
  /** The buffer; bytes from `length` on are free. */
  bytes: Buffer;
  /** Bytes written. */
  length = 0;

  constructor(capacity = 4096) {
    this.bytes = Buffer.allocUnsafeSlow(capacity);
  }

  /** Makes room for `more` bytes. Every method that writes calls it, except the two that say otherwise. */
  ensure(more: number): void {
    const needed = this.length + more;
    if (needed <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }

  /** One raw byte; the caller has made room. */
  byte(value: number): void {
    this.bytes[this.length++] = value;
  }

  /** Starts a message, string or bytes field; give the answer to {@link closeField}. */
  openField(tag: number): number {
    this.ensure(2);
    this.byte(tag);
    return this.length++;
  }

  /** Writes the length of the field opened at `mark`. */
  closeField(mark: number): void {
    const size = this.length - mark - 1;
    if (size < 0x80) {
      this.bytes[mark] = size;
      return;
    }
    const width = varintWidth(size);
    this.ensure(width - 1);
    this.bytes.copyWithin(mark + width, mark + 1, this.length);
    this.length = mark;
    this.varint(size);
    this.length += size;
  }

  /** A varint of 0 to 2^53; the caller has made room for ten bytes. */
  varint(value: number): void {
    let rest = value;
    while (rest >= 0x80000000) {
      this.bytes[this.length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    while (rest >= 0x80) {
      this.bytes[this.length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.bytes[this.length++] = rest;
  }

  /** A whole number as int64: two's complement in ten bytes when negative. */
  int64(value: number): void {
    this.ensure(10);
    if (value >= 0 && value <= Number.MAX_SAFE_INTEGER) {
      this.varint(value);
      return;
    }
    let rest = BigInt.asUintN(64, BigInt(value));
    while (rest >= 0x80n) {
      this.byte(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.byte(Number(rest));
  }

  /** A field of type uint32 or enum; zero is written too, as its absence and its presence mean the same. */
  uint32Field(tag: number, value: number): void {
    this.ensure(11);
    this.byte(tag);
    this.varint(value >>> 0);
  }

  /** A field of type fixed32. */
  fixed32Field(tag: number, value: number): void {
    this.ensure(5);
    this.byte(tag);
    this.fixed32(value);
  }

  /** A field of type double. */
  doubleField(tag: number, value: number): void {
    this.ensure(9);
    this.byte(tag);
    this.bytes.writeDoubleLE(value, this.length);
    this.length += 8;
  }

  /** Seconds and nanoseconds as one fixed64 field of nanoseconds. The product does not fit a double: it is made in halves. */
  nanosField(tag: number, seconds: number, nanos: number): void {
    this.ensure(9);
    this.byte(tag);
    const low = (seconds & 0xffff) * 1e9 + nanos;
    const high = Math.floor(seconds / 0x10000) * 1e9;
    const sum = (low >>> 0) + (high & 0xffff) * 0x10000;
    const carry = sum >= 0x100000000 ? Math.floor(sum / 0x100000000) : 0;
    this.fixed32(sum);
    this.fixed32(Math.floor(low / 0x100000000) + Math.floor(high / 0x10000) + carry);
  }

  /** A string field in UTF-8. */
  stringField(tag: number, value: string): void {
    const size = value.length;
    if (size > MAX_SHORT) {
      this.longString(tag, value);
      return;
    }
    this.ensure(2 + size * 3);
    const { bytes } = this;
    const mark = this.length;
    bytes[mark] = tag;
    for (let at = 0; at < size; at++) {
      const code = value.charCodeAt(at);
      if (code > 0x7f) {
        this.shortUtf8(mark, value);
        return;
      }
      bytes[mark + 2 + at] = code;
    }
    bytes[mark + 1] = size;
    this.length = mark + 2 + size;
  }

  /** A field of type bytes. */
  bytesField(tag: number, value: Uint8Array): void {
    this.ensure(11 + value.length);
    this.byte(tag);
    this.varint(value.length);
    this.raw(value);
  }

  /** A field of type bytes given as hexadecimal digits, such as a trace id. */
  hexField(tag: number, hex: string): void {
    const size = hex.length >> 1;
    this.ensure(11 + size);
    this.byte(tag);
    this.varint(size);
    const { bytes } = this;
    let at = this.length;
    for (let digit = 0; digit < size * 2; digit += 2) {
      bytes[at++] = (hexDigit(hex.charCodeAt(digit)) << 4) | hexDigit(hex.charCodeAt(digit + 1));
    }
    this.length = at;
  }

  /** Bytes that are encoded already; the caller has made room. A loop beats the native copy up to some 50 bytes. */
  raw(value: Uint8Array): void {
    const size = value.length;
    if (size > 48) this.bytes.set(value, this.length);
    // The index is below the length, so the array has a number there.
    else for (let at = 0; at < size; at++) this.bytes[this.length + at] = value[at] as number;
    this.length += size;
  }

  /** A copy of what was written. The writer is empty afterwards and keeps its buffer. */
  take(): Buffer {
    const taken = Buffer.allocUnsafeSlow(this.length);
    this.bytes.copy(taken, 0, 0, this.length);
    this.length = 0;
    return taken;
  }

  private fixed32(value: number): void {
    const { bytes } = this;
    let at = this.length;
    bytes[at++] = value;
    bytes[at++] = value >>> 8;
    bytes[at++] = value >>> 16;
    bytes[at++] = value >>> 24;
    this.length = at;
  }

  private shortUtf8(mark: number, value: string): void {
    const size = this.bytes.write(value, mark + 2);
    this.bytes[mark + 1] = size;
    this.length = mark + 2 + size;
  }

  private longString(tag: number, value: string): void {
    const size = Buffer.byteLength(value);
    this.ensure(11 + size);
    this.byte(tag);
    this.varint(size);
    this.length += this.bytes.write(value, this.length);
  }
}

/** UTF-16 units that are sure to fit one length byte: three bytes of UTF-8 each at most. */
const MAX_SHORT = 42;

function hexDigit(code: number): number {
  return code <= 57 ? code - 48 : (code | 0x20) - 87;
}

function varintWidth(value: number): number {
  let width = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) width++;
  return width;
}
