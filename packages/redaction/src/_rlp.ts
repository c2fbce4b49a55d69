/** Result of reading a signed transaction. */
export type RawTransaction = "signed" | "cut" | "no";

/** Items of the lists of signed transactions, by type: EIP-2718 with 2930, 1559, 4844, 7702; 0 is legacy. */
const SIGNED_ITEMS: readonly number[] = [9, 11, 12, 14, 13];

/** Tells whether bytes are a signed transaction; `cut` when they begin as one and end too early. */
export function readRawTransaction(bytes: Uint8Array): RawTransaction {
  const type = (bytes[0] ?? 0) < 0x80 ? (bytes[0] ?? 0) : 0;
  const from = type === 0 ? 0 : 1;
  if (type > 4 || (bytes[from] ?? 0) < 0xc0) return "no";
  const outer = header(bytes, from);
  if (outer === undefined || outer.length < 40) return "no";
  if (outer.start + outer.length > bytes.length)
    return startsAsTransaction(bytes, outer.start) ? "cut" : "no";
  if (outer.start + outer.length !== bytes.length) return "no";
  return isSigned(bytes, outer.start, bytes.length, SIGNED_ITEMS[type] ?? 0) ? "signed" : "no";
}

interface Header {
  readonly start: number;
  readonly length: number;
}

function header(bytes: Uint8Array, at: number): Header | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  if (first < 0x80) return { start: at, length: 1 };
  const isList = first >= 0xc0;
  const short = first - (isList ? 0xc0 : 0x80);
  if (short <= 55) return { start: at + 1, length: short };
  const size = short - 55;
  if (size > 4) return undefined;
  let length = 0;
  for (let i = 1; i <= size; i++) length = length * 256 + (bytes[at + i] ?? 0);
  return { start: at + 1 + size, length };
}

function isSigned(bytes: Uint8Array, from: number, end: number, wanted: number): boolean {
  // A blob transaction in its network form is a list around the list.
  if ((bytes[from] ?? 0) >= 0xf8) {
    const inner = header(bytes, from);
    if (inner !== undefined && inner.start + inner.length < end)
      return isSigned(bytes, inner.start, inner.start + inner.length, wanted);
  }
  const sizes: number[] = [];
  for (let at = from; at < end; ) {
    const item = header(bytes, at);
    if (item === undefined || item.start + item.length > end || sizes.length > 16) return false;
    sizes.push(item.length);
    at = item.start + item.length;
  }
  if (sizes.length !== wanted) return false;
  const [r = 0, s = 0] = sizes.slice(-2);
  return r > 16 && r <= 32 && s > 16 && s <= 32;
}

/** The first items of a transaction are small numbers. */
function startsAsTransaction(bytes: Uint8Array, from: number): boolean {
  let at = from;
  for (let i = 0; i < 3; i++) {
    const item = header(bytes, at);
    if (item === undefined || item.length > 9) return false;
    at = item.start + item.length;
  }
  return true;
}
