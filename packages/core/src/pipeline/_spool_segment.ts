import { closeSync, fstatSync, ftruncateSync, openSync, readSync, rmSync, writevSync } from "node:fs";
import { crc32 } from "node:zlib";
import { encodeHeader, type FoundRecord, HEADER_BYTES, nextRecord } from "./_record_codec.ts";

/**
 * One append-only file of records, and beside it a file that says up to where they were delivered.
 *
 * Every write is done when the call returns, so it survives the death of the process; it is not forced to the disk,
 * so it may not survive the death of the machine.
 */
export class SpoolSegment {
  readonly file: string;
  /** Bytes in the file. */
  size = 0;
  /** Spans that were not delivered yet. */
  spans = 0;
  /** Damaged stretches that were met. */
  corrupt = 0;
  #fd: number | undefined;
  #ackFd: number | undefined;
  /** Whether damaged stretches were counted when the file was opened. */
  #scanned = false;
  /** Offset up to which records were delivered or passed over. */
  #at = 0;

  private constructor(file: string) {
    this.file = file;
  }

  /** @param file A file that does not exist. @returns An empty segment. */
  static create(file: string): SpoolSegment {
    const segment = new SpoolSegment(file);
    segment.#fd = openSync(file, "ax+", 0o600);
    return segment;
  }

  /** @param file A segment that another process left. @returns It, read through once to count what is in it. */
  static open(file: string): SpoolSegment {
    const segment = new SpoolSegment(file);
    segment.#scanned = true;
    segment.size = fstatSync(segment.#open()).size;
    segment.#at = Math.min(segment.size, readAck(ackFile(file)));
    const bytes = segment.#read(segment.#at, segment.size);
    let at = 0;
    for (let record = nextRecord(bytes, 0); record; record = nextRecord(bytes, at)) {
      if (record.start > at) segment.corrupt++;
      segment.spans += record.spans;
      at = record.end;
    }
    if (at < bytes.length) segment.corrupt++;
    segment.close();
    return segment;
  }

  /** Whether everything in it was delivered. */
  get done(): boolean {
    return this.spans === 0;
  }

  /**
   * Appends a record.
   *
   * @param payload What to keep.
   * @param spans Spans in it.
   * @throws {Error} When the disk does not take it whole; then nothing of it stays.
   */
  append(payload: Buffer, spans: number): void {
    const header = encodeHeader(payload, spans);
    try {
      const written = writevSync(this.#open(), [header, payload]);
      if (written !== HEADER_BYTES + payload.length) throw new Error(`only ${written} bytes were written`);
    } catch (error) {
      ftruncateSync(this.#open(), this.size);
      throw error;
    }
    this.size += HEADER_BYTES + payload.length;
    this.spans += spans;
  }

  /**
   * @returns The oldest record that was not delivered. `undefined` when there is none; {@link spans} then tells how
   * many spans were written but cannot be read back.
   */
  peek(): FoundRecord | undefined {
    const start = this.#at;
    const header = this.#read(start, Math.min(this.size, start + HEADER_BYTES));
    if (header.length < HEADER_BYTES) return undefined;
    const end = Math.min(this.size, start + HEADER_BYTES + header.readUInt32LE(4));
    const sound = nextRecord(this.#read(start, end), 0);
    if (sound?.start === 0) return { ...sound, start, end: start + sound.end };
    if (!this.#scanned) this.corrupt++;
    const found = nextRecord(this.#read(start, this.size), 0);
    return found && { ...found, start: start + found.start, end: start + found.end };
  }

  /** Notes that a record was delivered. */
  remove({ end, spans }: FoundRecord): void {
    this.#at = end;
    this.spans = Math.max(0, this.spans - spans);
    this.#ackFd ??= openSync(ackFile(this.file), "a", 0o600);
    writevSync(this.#ackFd, [encodeAck(end)]);
  }

  /** Closes the files until they are needed again: a long spool must not use up the file handles. */
  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    if (this.#ackFd !== undefined) closeSync(this.#ackFd);
    this.#fd = undefined;
    this.#ackFd = undefined;
  }

  /** Closes and deletes the files. The segment goes first: its mark alone means nothing. */
  destroy(): void {
    this.close();
    rmSync(this.file, { force: true });
    rmSync(ackFile(this.file), { force: true });
  }

  #read(from: number, to: number): Buffer {
    const bytes = Buffer.allocUnsafe(to - from);
    return bytes.subarray(0, readSync(this.#open(), bytes, 0, bytes.length, from));
  }

  #open(): number {
    this.#fd ??= openSync(this.file, "r+");
    return this.#fd;
  }
}

const ACK_BYTES = 8;

function ackFile(file: string): string {
  return file.replace(/\.seg$/, ".ack");
}

function encodeAck(end: number): Buffer {
  const bytes = Buffer.allocUnsafe(ACK_BYTES);
  bytes.writeUInt32LE(end, 0);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 4)), 4);
  return bytes;
}

/** The last mark that passes its checksum, else 0: then records are delivered again rather than lost. */
function readAck(file: string): number {
  let fd: number;
  try {
    fd = openSync(file, "r");
  } catch {
    return 0; // nothing of this segment was delivered
  }
  try {
    const { size } = fstatSync(fd);
    const bytes = Buffer.allocUnsafe(ACK_BYTES);
    for (let at = size - (size % ACK_BYTES) - ACK_BYTES; at >= 0; at -= ACK_BYTES) {
      readSync(fd, bytes, 0, ACK_BYTES, at);
      if (crc32(bytes.subarray(0, 4)) === bytes.readUInt32LE(4)) return bytes.readUInt32LE(0);
    }
    return 0;
  } finally {
    closeSync(fd);
  }
}
