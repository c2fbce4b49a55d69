import {
  DIGIT,
  endsLikeLabel,
  FLAG,
  JOINT,
  KIND,
  LETTER,
  NOT_HEX,
  NUMBER_GAP,
  TOKEN,
  tokenFlags,
  UPPER,
} from "./_char_kinds.ts";
import {
  HAS_BORDER,
  HAS_COUNTRY,
  HAS_CRYPT,
  HAS_FIELDS,
  HAS_FLAG,
  HAS_GROUPS,
  HAS_HALF,
  HAS_JOINT,
  HAS_LABEL,
  HAS_LIST,
  HAS_LONG_NUMBER,
  HAS_NON_ASCII,
  HAS_NUMBER,
  HAS_PERSON,
  HAS_SEPARATOR,
  HAS_SPACE,
  HAS_TOOL,
  HAS_URL,
  HAS_WORDS,
} from "./_features.ts";
import { foreignWords, HASH_START, hashUnit, mayContain } from "./_word_filter.ts";
import { IS_FOREIGN, IS_LABEL, IS_LISTED, IS_PERSON, IS_TOOL, WORD_MASK, wordTable } from "./_word_table.ts";

/** Reads the features of a text, by runs of letters, of digits and of what lies between. */
export class FeatureReader {
  bytes: Uint8Array = new Uint8Array(1);
  at = 0;
  flags = 0;
  labelFrom = -1;
  labelTo = -1;
  /** Start of the run of token characters, of the run of letters and digits in it, and of the run of letters. */
  #run = -1;
  #alnum = -1;
  #letters = -1;
  /** The kinds of the letters between two other characters than letters and digits. */
  #kinds = 0;
  /** Length of the last group of hexadecimal digits, -1 when it was part of a word; how many alike came in a row. */
  #group = 0;
  #streak = 0;
  /** The last group may be the first piece of a key. */
  #open = false;
  #digits = 0;
  #most = 0;
  /** Digits and words with capitals in the run, counted as much as they can count. */
  #mixed = 0;
  #commas = 0;
  #colons = 0;
  /** Listed words in a row, and the one other word that may stand among them. */
  #listed = 0;
  #missed = 0;
  /** Letters since the last full stop. */
  #dot = -1;

  read(bytes: Uint8Array, length: number): number {
    this.bytes = bytes;
    this.at = this.flags = this.#kinds = this.#group = this.#streak = 0;
    this.#digits = this.#most = this.#mixed = this.#commas = this.#colons = this.#listed = this.#missed = 0;
    this.#run = this.#alnum = this.#letters = this.#dot = this.labelFrom = this.labelTo = -1;
    this.#open = false;
    while (this.at < length) {
      const c = bytes[this.at] ?? 0;
      const kind = KIND[c] ?? 0;
      if ((kind & LETTER) !== 0) this.#word(c);
      else if ((kind & DIGIT) !== 0) this.#number();
      else this.#gap(c, kind);
    }
    this.#endGroup(0);
    this.#endRun();
    return this.#settle();
  }

  /** Drops what needs a companion that the text does not have. */
  #settle(): number {
    let { flags } = this;
    // A label and its value have something between them.
    if ((flags & (HAS_SPACE | HAS_SEPARATOR | HAS_NON_ASCII | HAS_BORDER)) === 0)
      flags &= ~(HAS_LABEL | HAS_TOOL | HAS_PERSON);
    const called = (flags & (HAS_NUMBER | HAS_PERSON)) !== 0;
    flags = called && this.#most > 6 ? flags | HAS_NUMBER : flags & ~HAS_NUMBER;
    if (this.#most > 8) flags |= HAS_LONG_NUMBER;
    return this.#commas > 14 ? flags | HAS_LIST : flags;
  }

  /** Letters, up to where camelCase begins a new word. */
  #word(first: number): void {
    const { bytes } = this;
    const from = this.at;
    if (this.#alnum < 0) this.#begin(from);
    // The x of 0x is no part of a group.
    const zero = from === this.#alnum + 1 && bytes[from - 1] === 48;
    const prefix = first === 120 ? zero || from === this.#alnum : first === 88 && zero;
    if (prefix) this.#alnum = from + 1;
    let before = (KIND[first] ?? 0) & LETTER;
    let kinds = prefix ? 0 : this.#kinds | (KIND[first] ?? 0);
    let hash = hashUnit(HASH_START, first | 32);
    let i = from + 1;
    let c = bytes[i] ?? 0;
    let kind = KIND[c] ?? 0;
    // Upper case is the lesser bit, anything else is none.
    while ((kind & LETTER) >= before) {
      kinds |= kind;
      before = kind & LETTER;
      hash = hashUnit(hash, c | 32);
      c = bytes[++i] ?? 0;
      kind = KIND[c] ?? 0;
    }
    this.at = i;
    this.#kinds = kinds;
    this.#digits = 0;
    if ((kinds & UPPER) !== 0) this.#mixed += i - from;
    if (this.#dot >= 0) this.#dot += i - from;
    if (i > from + 1) this.#judge(hash, from, i);
    if ((kind & LETTER) !== 0) {
      if (this.#letters < 0) this.#letters = from;
    } else if (this.#letters >= 0) this.#compound(i);
  }

  #judge(hash: number, from: number, end: number): void {
    const word = wordTable[hash & WORD_MASK] ?? 0;
    if ((word & LABELS) !== 0) this.#label(word, from, end);
    else if (end - from > 6 && endsLikeLabel(this.bytes, end)) this.#label(IS_LABEL, from, end);
    // No list has words of two letters.
    if (end - from < 3) return;
    const isForeign = (word & IS_FOREIGN) !== 0 && end - from > 3;
    if ((word & IS_LISTED) !== 0 || (isForeign && mayContain(foreignWords, hash))) {
      if (++this.#listed > 7) this.flags |= HAS_WORDS;
    } else if (++this.#missed > 1) this.#listed = this.#missed = 0;
  }

  #label(word: number, from: number, end: number): void {
    if ((word & IS_TOOL) !== 0) this.flags |= HAS_TOOL;
    if ((word & IS_PERSON) !== 0) this.flags |= HAS_PERSON;
    if ((word & IS_LABEL) === 0) return;
    this.flags |= HAS_LABEL;
    if (this.labelFrom < 0) this.labelFrom = from;
    this.labelTo = end;
  }

  /** The rules for running text do not tell capitals: "passWord" is a label as a whole. */
  #compound(end: number): void {
    const from = this.#letters;
    this.#letters = -1;
    if (end - from > 24) return;
    let hash = HASH_START;
    for (let i = from; i < end; i++) hash = hashUnit(hash, (this.bytes[i] ?? 0) | 32);
    const word = wordTable[hash & WORD_MASK] ?? 0;
    if ((word & LABELS) !== 0) this.#label(word, from, end);
  }

  #number(): void {
    const { bytes } = this;
    const from = this.at;
    if (this.#alnum < 0) this.#begin(from);
    let i = from + 1;
    while (((KIND[bytes[i] ?? 0] ?? 0) & DIGIT) !== 0) i++;
    this.at = i;
    this.#digits += i - from;
    this.#mixed += 2 * (i - from);
    if (this.#digits > this.#most) this.#most = this.#digits;
    const isCountry = from === this.#alnum + 2 && i > from + 1;
    if (isCountry && ((KIND[bytes[from - 1] ?? 0] ?? 0) & UPPER) !== 0) this.flags |= HAS_COUNTRY;
  }

  #begin(at: number): void {
    this.#alnum = at;
    if (this.#run < 0) this.#run = at;
  }

  #gap(c: number, kind: number): void {
    const { at } = this;
    this.flags |= FLAG[c] ?? 0;
    if (this.#alnum >= 0) this.#endGroup(kind);
    if ((kind & TOKEN) === 0) {
      if (this.#run >= 0) this.#endRun();
    } else if (this.#run < 0) this.#run = at;
    if ((kind & NUMBER_GAP) === 0) this.#digits = 0;
    if ((kind & JOINT) !== 0) this.#colons = 0;
    if (c !== 32) this.#sign(c, at);
    else this.#dot = -1;
    this.at = at + 1;
  }

  #sign(c: number, at: number): void {
    const { bytes } = this;
    const dot = this.#dot;
    if (c === 58) {
      if (++this.#colons > 3) this.flags |= HAS_FIELDS;
      return;
    }
    this.#dot = c === 46 ? 0 : -1;
    if (c === 47) {
      const isScheme = bytes[at - 1] === 47 && bytes[at - 2] === 58;
      // "/v2/": a path that may stand apart from its host.
      const isVersion =
        bytes[at + 1] === 118 && ((KIND[bytes[at + 2] ?? 0] ?? 0) & DIGIT) !== 0 && bytes[at + 3] === 47;
      if ((dot > 1 && dot < 8) || at === 0 || isScheme || isVersion) this.flags |= HAS_URL;
    } else if (c === 44) this.#commas++;
    else if (c === 45) {
      if (bytes[at - 1] === 32) this.flags |= HAS_FLAG;
    } else if (c === 123 && ((KIND[bytes[at + 1] ?? 0] ?? 0) & UPPER) !== 0) this.flags |= HAS_CRYPT;
  }

  /** Letters and digits ended: a group of hexadecimal digits, or the end of a word that may be one. */
  #endGroup(next: number): void {
    const size = this.at - this.#alnum;
    const isWord = (this.#kinds & NOT_HEX) !== 0;
    const begun = this.#alnum >= 0;
    this.#alnum = -1;
    this.#kinds = 0;
    if (size === 0 || !begun) return;
    if (isWord) {
      this.#streak = 1;
      this.#group = -1;
      this.#open = false;
      return;
    }
    if (this.#open && size > 3) this.flags |= HAS_JOINT;
    this.#open = size > 7 && (next & JOINT) !== 0;
    if (size > 29 && size < 35) this.flags |= HAS_HALF;
    if (size < 2 || size > 16) this.#streak = 0;
    else {
      this.#streak = this.#group < 0 || size === this.#group ? this.#streak + 1 : 1;
      if (this.#streak > 3) this.flags |= HAS_GROUPS;
    }
    this.#group = size;
  }

  #endRun(): void {
    const size = this.#run < 0 ? 0 : this.at - this.#run;
    if (size > 40 || (size > 15 && this.#mixed > 3)) this.flags |= tokenFlags(this.bytes, this.#run, this.at);
    this.#run = -1;
    this.#mixed = 0;
  }
}

const LABELS = IS_LABEL | IS_TOOL | IS_PERSON;
