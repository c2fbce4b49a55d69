import type { KeyClass, KeyEntry } from "./_classify_key.ts";
import type { KnownSigners } from "./_known_signers.ts";
import type { PublicRegistry } from "./_public_registry.ts";
import type { Rule } from "./_scan.ts";
import type { SecretBank } from "./_secret_bank.ts";
import type { RedactionPack } from "./redaction_options.ts";

/** Everything the rules ask about the set-up. */
export interface Policy {
  readonly packs: readonly RedactionPack[];
  readonly rules: readonly Rule[];
  /** Features that the rules in use run on; a text without any of them is clean. */
  readonly when: number;
  readonly bank: SecretBank;
  readonly registry: PublicRegistry;
  readonly signers: KnownSigners;
  readonly keepSignatures: boolean;
  readonly wallet: boolean;
  readonly rpc: boolean;
  readonly pii: boolean;
  readonly names: boolean;
  readonly ip: boolean;
  /** Rules of the user run even on texts without a feature. */
  readonly hasCustomRules: boolean;
  /** Some rule asks for no feature. */
  readonly readsAll: boolean;
  readonly maxLength: number;
  readonly maxDepth: number;
  readonly maxMembers: number;
  readonly maxNesting: number;
  readonly maxWork: number;
  /** Class of keys that the user excludes. */
  readonly allowed: KeyClass;
  /** Class of keys that the user always removes. */
  readonly denied: KeyClass;
  /** Class of a key, memoised. */
  readonly keyClass: (key: string) => KeyEntry;
  /** Forgets which values were clean: what is secret has changed. */
  readonly forget: () => void;
  /** False for keys that a strict list leaves out. */
  readonly mayLeave: (key: string) => boolean;
  /** True for the text of an earlier redaction. */
  readonly isMarker: (text: string) => boolean;
  /** What is written instead of a secret. */
  readonly replacement: (secret: string, standIn: string | undefined) => string;
}
