/**
 * Records of a spool segment: a header of 16 bytes, then the payload.
 *
 * | bytes | meaning |
 * |---|---|
 * | 0-3 | magic number |
 * | 4-7 | length of the payload |
 * | 8-11 | spans in the payload |
 * | 12-15 | CRC-32 of the bytes 4-11 and the payload |
 *
 * All numbers are little endian. The magic number lets a reader find the next record behind a damaged one.
 */

import { crc32 } from "node:zlib";

/** A record that passed its checksum. */
export interface SpoolRecord {
  readonly spans: number;
  readonly payload: Buffer;
  /** Offset of the byte after the record. */
  readonly end: number;
}

/** Size of a header. */
export const HEADER_BYTES = 16;

/**
 * @param payload What follows the header in the file.
 * @param spans Spans in it.
 * @returns The header.
 */
export function encodeHeader(payload: Uint8Array, spans: number): Buffer {
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header.writeUInt32LE(MAGIC, 0);
  header.writeUInt32LE(payload.length, 4);
  header.writeUInt32LE(spans, 8);
  header.writeUInt32LE(crc32(payload, crc32(header.subarray(4, 12))), 12);
  return header;
}

/**
 * @param bytes A segment, or the part of it from some offset on.
 * @param at Where a record should begin.
 * @returns The record, or `undefined` when there is none, or a damaged or cut one.
 */
export function readRecord(bytes: Buffer, at: number): SpoolRecord | undefined {
  const start = at + HEADER_BYTES;
  if (start > bytes.length || bytes.readUInt32LE(at) !== MAGIC) return undefined;
  const end = start + bytes.readUInt32LE(at + 4);
  if (end > bytes.length) return undefined;
  const payload = bytes.subarray(start, end);
  if (crc32(payload, crc32(bytes.subarray(at + 4, at + 12))) !== bytes.readUInt32LE(at + 12))
    return undefined;
  return { spans: bytes.readUInt32LE(at + 8), payload, end };
}

/** What {@link nextRecord} found. */
export interface FoundRecord extends SpoolRecord {
  /** Offset of the first byte of the record. */
  readonly start: number;
}

/**
 * Finds the next sound record.
 *
 * @param bytes A segment, or the part of it from some offset on.
 * @param from Where to begin; bytes that are no record are passed over.
 * @returns The record, or `undefined` when there is none any more.
 */
export function nextRecord(bytes: Buffer, from: number): FoundRecord | undefined {
  for (let start = from; start >= 0 && start < bytes.length; start = bytes.indexOf(MAGIC_BYTES, start + 1)) {
    const record = readRecord(bytes, start);
    if (record) return { ...record, start };
    if (start + 1 >= bytes.length) return undefined;
  }
  return undefined;
}

const MAGIC = 0xd1c5a7e3;
const MAGIC_BYTES: Buffer = Buffer.from([0xe3, 0xa7, 0xc5, 0xd1]);
