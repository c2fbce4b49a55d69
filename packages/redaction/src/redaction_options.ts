import type { CustomRule } from "./custom_rule.ts";

/** A group of rules that is turned on and off as one. */
export type RedactionPack = "wallet" | "rpc" | "credentials" | "pii" | "signatures" | "ip" | "names";

/**
 * How redaction is set up. Every field has a default that is safe: the packs `wallet`, `rpc`, `credentials`,
 * `pii` and `signatures` are on, and a 32-byte value that nothing says is public is removed.
 *
 * @example Keep signatures, and tell the process's own secrets
 * ```ts
 * import { createRedactor, type RedactionOptions } from "@dcmx-tracing/redaction";
 *
 * const options: RedactionOptions = { signatures: "keep", secrets: ["correct-horse-battery"] };
 * const { redactString } = createRedactor(options);
 * console.assert(redactString("opened with correct-horse-battery") === "opened with [REDACTED]");
 * ```
 */
export interface RedactionOptions {
  /**
   * Rule packs that are on; `"all"` adds `ip` and `names`.
   * @default ["wallet", "rpc", "credentials", "pii", "signatures"]
   */
  readonly packs?: readonly RedactionPack[] | "all";
  /**
   * Secrets that the process holds (values of environment variables, keys of wallets). They are kept in memory
   * only, and removed wherever they occur, in hexadecimal, decimal, base64 and as byte lists too.
   * @default []
   */
  readonly secrets?: Iterable<string>;
  /**
   * Addresses whose private keys the process holds. A value that derives one of them is removed even from a
   * place that is public.
   * @default []
   */
  readonly knownSigners?: Iterable<string>;
  /**
   * 32-byte hashes that are known to be public; more are added by `Redactor.addPublicHash` and by the public
   * attributes of spans.
   * @default []
   */
  readonly publicHashes?: Iterable<string>;
  /**
   * Keys whose 32-byte values are public, as exact names or globs (`args.*`). The only way to keep a hash that
   * nobody knows in a place that says nothing.
   * @default []
   */
  readonly publicKeys?: readonly string[];
  /**
   * Keys whose values are never touched, as exact names or globs.
   * @default []
   */
  readonly allowKeys?: readonly string[];
  /**
   * Keys whose values are always removed, as exact names or globs.
   * @default []
   */
  readonly denyKeys?: readonly string[];
  /**
   * Keys that may leave at all; attributes under other keys are dropped. Undefined lets every key pass to the rules.
   * @default undefined
   */
  readonly onlyKeys?: readonly string[] | undefined;
  /**
   * Stand-alone signatures, permits and signed raw transactions: removed, since whoever reads one can use it
   * until its nonce or expiry, or kept.
   * @default "redact"
   */
  readonly signatures?: "redact" | "keep";
  /**
   * What stands for a secret: a marker, asterisks, or a marker with eight digits of a keyed hash, so that equal
   * secrets stay recognisable. `tag` needs `tagKey`.
   * @default "remove"
   */
  readonly mode?: "remove" | "mask" | "tag";
  /**
   * Key of the tags, at least 16 characters. A tag without a secret key would let a reader try values.
   * @default undefined
   */
  readonly tagKey?: string | undefined;
  /**
   * Rules of your own.
   * @default []
   */
  readonly rules?: readonly CustomRule[];
  /**
   * BIP-39 word lists other than English, for checksums of phrases in them. Phrases of all ten languages are
   * found by their words without this.
   * @default []
   */
  readonly wordLists?: readonly (readonly string[])[];
  /**
   * Sets the attribute `redaction.count` on spans in which something was removed.
   * @default false
   */
  readonly countAttribute?: boolean;
  /** Bounds of the work. */
  readonly limits?: RedactionLimits;
}

/** Bounds of the work on one value. What lies beyond is removed, never passed unread. */
export interface RedactionLimits {
  /**
   * Characters of a string that are read; the tail of a longer one is dropped.
   * @default 131072
   */
  readonly maxLength?: number;
  /**
   * Layers of encoding that are removed in search of secrets.
   * @default 3
   */
  readonly maxDepth?: number;
  /**
   * Members of an object or an array that are read; the others are dropped.
   * @default 1000
   */
  readonly maxMembers?: number;
  /**
   * Depth of nested objects that is read.
   * @default 12
   */
  readonly maxNesting?: number;
  /**
   * Characters that are read for one span, or for one call, over all its texts: a bound on time that does not hang
   * on a clock, since every rule is linear and reads each layer of encoding once. A text beyond it is dropped.
   * @default 1048576
   */
  readonly maxWork?: number;
  /**
   * Hashes that the registry of public hashes holds.
   * @default 10000
   */
  readonly maxHashes?: number;
}
