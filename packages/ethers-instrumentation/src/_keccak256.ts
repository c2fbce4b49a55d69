/**
 * Keccak-256 of bytes, as Ethereum uses it (the padding of the SHA-3 competition, not of FIPS 202). Written here
 * because ethers must not be imported: an import would load it before hooks can see it, and in another copy.
 *
 * Lanes are pairs of 32-bit words, low word first. Source: https://keccak.team/keccak_specs_summary.html
 */
export function keccak256(bytes: Uint8Array): string {
  const state = new Uint32Array(50);
  const blocks = Math.floor(bytes.length / RATE) + 1;
  const padded = new Uint8Array(blocks * RATE);
  padded.set(bytes);
  padded[bytes.length] = 0x01;
  padded[padded.length - 1] = at(padded, padded.length - 1) | 0x80;
  const view = new DataView(padded.buffer);
  for (let offset = 0; offset < padded.length; offset += RATE) {
    for (let i = 0; i < RATE / 4; i++) state[i] = at(state, i) ^ view.getUint32(offset + i * 4, true);
    permute(state);
  }
  const out = new DataView(new ArrayBuffer(32));
  for (let i = 0; i < 8; i++) out.setUint32(i * 4, at(state, i), true);
  return `0x${Array.from(new Uint8Array(out.buffer), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

const RATE = 136;

/** Rotations of the lanes in the order in which the permutation visits them. */
const ROTATIONS = [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];
const LANES = [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];

function permute(state: Uint32Array): void {
  const row = new Uint32Array(10);
  for (let round = 0; round < 24; round++) {
    theta(state, row);
    rhoPi(state);
    chi(state, row);
    state[0] = at(state, 0) ^ at(ROUND_CONSTANTS, round * 2);
    state[1] = at(state, 1) ^ at(ROUND_CONSTANTS, round * 2 + 1);
  }
}

function theta(state: Uint32Array, columns: Uint32Array): void {
  for (let i = 0; i < 10; i++) {
    columns[i] = at(state, i) ^ at(state, i + 10) ^ at(state, i + 20) ^ at(state, i + 30) ^ at(state, i + 40);
  }
  for (let x = 0; x < 5; x++) {
    const left = ((x + 4) % 5) * 2;
    const right = ((x + 1) % 5) * 2;
    const low = at(columns, left) ^ ((at(columns, right) << 1) | (at(columns, right + 1) >>> 31));
    const high = at(columns, left + 1) ^ ((at(columns, right + 1) << 1) | (at(columns, right) >>> 31));
    for (let y = 0; y < 50; y += 10) {
      state[x * 2 + y] = at(state, x * 2 + y) ^ low;
      state[x * 2 + y + 1] = at(state, x * 2 + y + 1) ^ high;
    }
  }
}

function rhoPi(state: Uint32Array): void {
  let low = at(state, 2);
  let high = at(state, 3);
  for (let i = 0; i < 24; i++) {
    const lane = at(LANES, i) * 2;
    const shift = at(ROTATIONS, i);
    const nextLow = at(state, lane);
    const nextHigh = at(state, lane + 1);
    const bits = shift % 32;
    const [a, b] = shift < 32 ? [low, high] : [high, low];
    state[lane] = bits === 0 ? a : (a << bits) | (b >>> (32 - bits));
    state[lane + 1] = bits === 0 ? b : (b << bits) | (a >>> (32 - bits));
    low = nextLow;
    high = nextHigh;
  }
}

function chi(state: Uint32Array, row: Uint32Array): void {
  for (let y = 0; y < 50; y += 10) {
    for (let i = 0; i < 10; i++) row[i] = at(state, y + i);
    for (let i = 0; i < 10; i++) state[y + i] = at(row, i) ^ (~at(row, (i + 2) % 10) & at(row, (i + 4) % 10));
  }
}

/** Round constants from the linear feedback shift register of the specification, low and high words in turn. */
const ROUND_CONSTANTS = roundConstants();

function roundConstants(): Uint32Array {
  const constants = new Uint32Array(48);
  let lfsr = 1;
  for (let round = 0; round < 24; round++) {
    for (let j = 0; j < 7; j++) {
      const bit = 2 ** j - 1;
      const word = round * 2 + (bit >= 32 ? 1 : 0);
      if (lfsr & 1) constants[word] = at(constants, word) ^ (1 << (bit % 32));
      lfsr = lfsr & 0x80 ? ((lfsr << 1) ^ 0x171) & 0xff : lfsr << 1;
    }
  }
  return constants;
}

/** An element that is known to exist: all indexes here are computed from constants. */
function at(list: ArrayLike<number>, index: number): number {
  return list[index] ?? 0;
}
