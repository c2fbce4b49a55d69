import { Buffer } from "node:buffer";

/** Bytes of a chunk. */
const CHUNK = 64 * 1024;
/** Bytes that a character can have in UTF-8, for each unit of a JavaScript string. */
const BYTES_PER_UNIT = 3;
/** Digits of the largest number that is written digit by digit. */
const MAX_DIGITS = 9;

/**
 * Collects text as UTF-8 in chunks. It writes straight into the chunk that is sent later, so that a page of some
 * megabytes leaves no strings behind for the garbage collector.
 */
export class ByteWriter {
  #buffer = Buffer.allocUnsafeSlow(CHUNK);
  #at = 0;
  readonly #full: Uint8Array<ArrayBuffer>[] = [];

  text(text: string): void {
    const size = text.length * BYTES_PER_UNIT;
    if (size > this.#buffer.length - this.#at) this.#next(size);
    this.#at += this.#buffer.write(text, this.#at);
  }

  /** Writes a value in the notation of the page. */
  value(value: number): void {
    if (value >= 0 && value < 10 ** MAX_DIGITS && Number.isInteger(value)) this.#digits(value);
    else if (value === Number.POSITIVE_INFINITY) this.text("+Inf");
    else if (value === Number.NEGATIVE_INFINITY) this.text("-Inf");
    else this.text(String(value));
  }

  endLine(): void {
    if (this.#at === this.#buffer.length) this.#next(1);
    this.#buffer[this.#at++] = 10;
  }

  #digits(value: number): void {
    if (MAX_DIGITS > this.#buffer.length - this.#at) this.#next(MAX_DIGITS);
    let length = 1;
    for (let limit = 10; value >= limit; limit *= 10) length++;
    let rest = value;
    for (let place = this.#at + length - 1; place >= this.#at; place--) {
      const left = Math.floor(rest / 10);
      this.#buffer[place] = 48 + rest - left * 10;
      rest = left;
    }
    this.#at += length;
  }

  #next(size: number): void {
    if (this.#at > 0) this.#full.push(this.#buffer.subarray(0, this.#at));
    this.#buffer = Buffer.allocUnsafeSlow(Math.max(CHUNK, size));
    this.#at = 0;
  }

  /** Takes the chunks that are full. */
  full(): Uint8Array<ArrayBuffer>[] {
    return this.#full.splice(0);
  }

  /** Takes all that is left. */
  rest(): Uint8Array<ArrayBuffer>[] {
    const last = this.#buffer.subarray(0, this.#at);
    this.#at = this.#buffer.length;
    return [...this.#full.splice(0), last];
  }
}
