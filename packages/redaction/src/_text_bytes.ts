/** Stands for every character outside of ASCII. */
export const BEYOND = 128;

/** From this length on the encoder of the platform is faster than a loop over the characters. */
const ENCODED = 20;
/** Longer texts get a buffer of their own, so that the shared one stays small. */
const SHARED = 2 ** 18;
const encoder = new TextEncoder();
let shared = new Uint8Array(4096);

/**
 * Writes a text as one byte a character, a zero after the last, into a buffer that the next call overwrites. Reading
 * bytes is several times faster than reading the characters of a string.
 */
export function toBytes(text: string): Uint8Array {
  const { length } = text;
  let bytes = shared;
  if (length >= bytes.length) {
    bytes = new Uint8Array(2 ** Math.ceil(Math.log2(length + 1)));
    if (bytes.length <= SHARED) shared = bytes;
  }
  if (length >= ENCODED) {
    const { read, written } = encoder.encodeInto(text, bytes);
    bytes[length] = 0;
    // Only a text of ASCII has as many bytes as characters.
    if (read === length && written === length) return bytes;
  }
  bytes[length] = 0;
  for (let i = 0; i < length; i++) {
    const c = text.charCodeAt(i);
    bytes[i] = Math.min(c, BEYOND);
  }
  return bytes;
}

/** Lower-case digits. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
