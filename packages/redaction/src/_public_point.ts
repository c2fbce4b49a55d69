/** The prime of the field of secp256k1 (SEC 2). */
const P = 2n ** 256n - 2n ** 32n - 977n;
/** The order of its group. */
const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const GENERATOR: Point = [
  0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798n,
  0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8n,
];

type Point = readonly [x: bigint, y: bigint];

let powers: Point[] | undefined;

/**
 * The public point of a private key on secp256k1 as 128 hexadecimal digits, or undefined when the digits are no key.
 * Not every runtime has this curve in its own library, and this takes a kilobyte. It is for comparing addresses: its
 * time depends on the key, so it must not sign.
 */
export function publicPoint(hex: string): string | undefined {
  const scalar = BigInt(`0x${hex}`);
  if (scalar === 0n || scalar >= N) return undefined;
  powers ??= powersOfGenerator();
  let x = 0n;
  let y = 0n;
  let z = 0n;
  for (const [i, [x2, y2]] of powers.entries()) {
    if (((scalar >> BigInt(i)) & 1n) === 0n) continue;
    if (z === 0n) {
      [x, y, z] = [x2, y2, 1n];
      continue;
    }
    // Mixed addition in Jacobian coordinates. The two points differ: the sum so far is of smaller powers of two.
    const zz = (z * z) % P;
    const h = (x2 * zz - x) % P;
    const r = (((y2 * z) % P) * zz - y) % P;
    const hh = (h * h) % P;
    const hhh = (h * hh) % P;
    const v = (x * hh) % P;
    x = (r * r - hhh - 2n * v) % P;
    y = (r * (v - x) - y * hhh) % P;
    z = (z * h) % P;
  }
  const inverse = invert(z);
  const square = (inverse * inverse) % P;
  return digits(x * square) + digits(((y * square) % P) * inverse);
}

/** G, 2G, 4G, .. in affine coordinates; made once, in about twenty milliseconds, if a signer is known at all. */
function powersOfGenerator(): Point[] {
  const points = [GENERATOR];
  for (let [x, y] = GENERATOR; points.length < 256; points.push([x, y])) {
    const slope = (3n * x * x * invert(2n * y)) % P;
    const doubled = modulo(slope * slope - 2n * x);
    y = modulo(slope * (x - doubled) - y);
    x = doubled;
  }
  return points;
}

function modulo(value: bigint): bigint {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
}

/** The extended Euclidean algorithm. */
function invert(value: bigint): bigint {
  let [a, b, u, v] = [modulo(value), P, 1n, 0n];
  while (a > 1n) {
    const quotient = b / a;
    [a, b, u, v] = [b % a, a, v - quotient * u, u];
  }
  return modulo(u);
}

function digits(value: bigint): string {
  return modulo(value).toString(16).padStart(64, "0");
}
