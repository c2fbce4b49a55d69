import { createPrivateKey, createPublicKey } from "node:crypto";
import { isPublicConstant } from "./_constants.ts";
import type { Run } from "./_run.ts";
import { toHex } from "./_text_bytes.ts";

/** Decides about a list of byte values: 32 or 64 of them may be a key. Anything else is left to the other rules. */
export function judgeBytes(run: Run, key: string, list: ArrayLike<unknown>): "secret" | "plain" {
  const bytes = asBytes(list);
  const read = run.policy.keyClass(key);
  if (read.kind === "secret" || read.words) {
    run.hit("key", "");
    return "secret";
  }
  if (bytes === undefined || !run.policy.wallet) return "plain";
  if (!isSecretBytes(run, bytes, read.publicHex)) return "plain";
  run.hit("private-key-bytes", "");
  return "secret";
}

/** The 32-byte policy for bytes; 64 bytes are a Solana key pair if the halves belong together. */
export function isSecretBytes(run: Pick<Run, "policy">, bytes: Uint8Array, publicHex: boolean): boolean {
  const hex = toHex(bytes);
  if (bytes.length === 32) {
    if (run.policy.registry.has(hex) || isPublicConstant(hex)) return false;
    return !publicHex || run.policy.signers.derives(hex);
  }
  return bytes.length === 64 && (isSolanaSecret(bytes) || !(publicHex || run.policy.keepSignatures));
}

const verified = new Map<string, boolean>();

/** A Solana secret is a seed followed by its public key. */
export function isSolanaSecret(bytes: Uint8Array): boolean {
  if (bytes.length !== 64) return false;
  const hex = toHex(bytes);
  const known = verified.get(hex);
  if (known !== undefined) return known;
  const answer = publicKeyOf(hex.slice(0, 64)) === hex.slice(64);
  if (verified.size > 256) verified.clear();
  verified.set(hex, answer);
  return answer;
}

/** Start of a PKCS #8 structure around an Ed25519 seed (RFC 8410). */
const PKCS8 = "302e020100300506032b657004220420";

/** The Ed25519 public key of a seed. */
function publicKeyOf(seed: string): string {
  const key = createPrivateKey({ key: Buffer.from(PKCS8 + seed, "hex"), format: "der", type: "pkcs8" });
  return createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32).toString("hex");
}

function asBytes(list: ArrayLike<unknown>): Uint8Array | undefined {
  if (list.length !== 32 && list.length !== 64) return undefined;
  const bytes = new Uint8Array(list.length);
  for (let i = 0; i < list.length; i++) {
    const value = list[i];
    if (typeof value !== "number" || value < 0 || value > 255 || !Number.isInteger(value)) return undefined;
    bytes[i] = value;
  }
  return bytes;
}
