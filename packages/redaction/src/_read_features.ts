import { FeatureReader } from "./_feature_reader.ts";
import { HAS_NON_ASCII } from "./_features.ts";
import { toBytes } from "./_text_bytes.ts";

const reader = new FeatureReader();

/**
 * Reads a text once and tells which rules can apply. Most values of a clean trace end here, so it does no more
 * than table look-ups and counting.
 */
export function features(text: string): number {
  return reader.read(toBytes(text), text.length);
}

/** Start of the first and end of the last word of a label in the text that was read last; the whole text when unknown. */
export function labelStretch(text: string): readonly [from: number, to: number] {
  const isKnown = (reader.flags & HAS_NON_ASCII) === 0 && reader.labelFrom >= 0;
  return isKnown ? [reader.labelFrom, reader.labelTo] : [0, text.length];
}
