import {
  ALNUM,
  DIGIT,
  FLAG,
  isLabelEnd,
  JOINT,
  KIND,
  LETTER,
  NOT_HEX,
  NUMBER_GAP,
  SIGN,
  signFlags,
  TOKEN,
  tokenFlags,
  UPPER,
} from "./_char_kinds.ts";
import {
  HAS_BORDER,
  HAS_COUNTRY,
  HAS_FIELDS,
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
  HAS_WORDS,
} from "./_features.ts";
import { foreignWords, HASH_START, hashUnit, mayContain } from "./_word_filter.ts";
import { IS_FOREIGN, IS_LABEL, IS_LISTED, IS_PERSON, IS_TOOL, WORD_MASK, wordTable } from "./_word_table.ts";

// What another module exports is looked up there at each use; a constant of this module is compiled in.
const kindOf = KIND;
const flagOf = FLAG;
const wordKinds = wordTable;
const addUnit = hashUnit;
const isAlnum = ALNUM;
const isDigit = DIGIT;
const isJoint = JOINT;
const isLetter = LETTER;
const notHex = NOT_HEX;
const isGap = NUMBER_GAP;
const isSign = SIGN;
const isToken = TOKEN;
const isUpper = UPPER;

/** Reads the features of a text, by runs of letters and digits and by the characters between. */
export class FeatureReader {
  flags = 0;
  labelFrom = -1;
  labelTo = -1;
  #bytes: Uint8Array = new Uint8Array(1);
  /** Length of the last group of hexadecimal digits, -1 when it was part of a word; how many alike came in a row. */
  #group = 0;
  #streak = 0;
  /** The last group may be the first piece of a key. */
  #open = false;
  #digits = 0;
  #most = 0;
  /** What there is in the run of token characters. */
  #kinds = 0;
  /** Listed words in a row, and the one other word that may stand among them. */
  #listed = 0;
  #missed = 0;

  read(bytes: Uint8Array, length: number): number {
    this.#bytes = bytes;
    this.flags = this.#group = this.#streak = this.#digits = this.#most = this.#kinds = 0;
    this.#listed = this.#missed = 0;
    this.labelFrom = this.labelTo = -1;
    this.#open = false;
    let flags = 0;
    let run = -1;
    let colons = 0;
    let commas = 0;
    /** Behind the last full stop, with only letters, digits and colons since. */
    let stop = -1;
    for (let at = 0; at < length; ) {
      const c = bytes[at] ?? 0;
      const kind = kindOf[c] ?? 0;
      if ((kind & isToken) !== 0) {
        if (run < 0) run = at;
        if ((kind & isAlnum) !== 0) {
          at = this.#piece(at, kind);
          continue;
        }
      } else if (run >= 0) {
        flags |= this.#endRun(run, at);
        run = -1;
      }
      flags |= flagOf[c] ?? 0;
      if ((kind & isGap) === 0) this.#digits = 0;
      if ((kind & isJoint) !== 0) colons = 0;
      if ((kind & isSign) === 0) stop = -1;
      else if (c === 58) {
        if (++colons > 3) flags |= HAS_FIELDS;
      } else {
        if (c === 44) commas++;
        else if (c !== 46) flags |= signFlags(bytes, c, at, stop);
        stop = c === 46 ? at + 1 : -1;
      }
      at++;
    }
    if (run >= 0) flags |= this.#endRun(run, length);
    if (commas > 14) flags |= HAS_LIST;
    return this.#settle(flags | this.flags);
  }

  /** Drops what needs a companion that the text does not have. */
  #settle(read: number): number {
    let flags = read;
    // A label and its value have something between them.
    if ((flags & (HAS_SPACE | HAS_SEPARATOR | HAS_NON_ASCII | HAS_BORDER)) === 0)
      flags &= ~(HAS_LABEL | HAS_TOOL | HAS_PERSON);
    const called = (flags & (HAS_NUMBER | HAS_PERSON)) !== 0;
    flags = called && this.#most > 6 ? flags | HAS_NUMBER : flags & ~HAS_NUMBER;
    if (this.#most > 8) flags |= HAS_LONG_NUMBER;
    this.flags = flags;
    return flags;
  }

  /** Reads letters and digits up to the next other character; returns where that is. */
  #piece(from: number, first: number): number {
    const bytes = this.#bytes;
    let start = from;
    let kinds = 0;
    let camel = -1;
    let kind = first;
    let i = from;
    do {
      const word = i;
      if ((kind & isDigit) !== 0) {
        do kind = kindOf[bytes[++i] ?? 0] ?? 0;
        while ((kind & isDigit) !== 0);
        kinds |= isDigit;
        this.#count(word, i, start);
        continue;
      }
      let c = bytes[i] ?? 0;
      // The x of 0x is no part of a group, but of the run.
      if ((c | 32) === 120 && (word === start ? c === 120 : word === start + 1 && bytes[start] === 48)) {
        start = word + 1;
        this.#kinds |= kind;
        kinds = 0;
      } else kinds |= kind;
      let hash = addUnit(HASH_START, c | 32);
      // Letters, up to where camelCase begins a new word: upper case is the lesser bit, anything else is none.
      for (let before = kind & isLetter; ; before = kind & isLetter) {
        c = bytes[++i] ?? 0;
        kind = kindOf[c] ?? 0;
        if ((kind & isLetter) < before) break;
        kinds |= kind;
        hash = addUnit(hash, c | 32);
      }
      this.#digits = 0;
      if (i > word + 1) this.#judge(hash, word, i);
      if ((kind & isLetter) !== 0) {
        if (camel < 0) camel = word;
      } else if (camel >= 0) {
        this.#compound(camel, i);
        camel = -1;
      }
    } while ((kind & isAlnum) !== 0);
    this.#kinds |= kinds;
    if ((kinds & notHex) === 0) this.#endGroup(i - start, kind);
    else {
      this.#streak = 1;
      this.#group = -1;
      this.#open = false;
    }
    return i;
  }

  #judge(hash: number, from: number, end: number): void {
    const word = wordKinds[hash & WORD_MASK] ?? 0;
    if ((word & LABELS) !== 0) this.#label(word, from, end);
    else if (end - from > 4 && isLabelEnd(this.#bytes, end)) this.#label(IS_LABEL, from, end);
    // No list has words of two letters.
    if (end - from < 3) return;
    const isForeign = (word & IS_FOREIGN) !== 0 && end - from > 3;
    if ((word & IS_LISTED) !== 0 || (isForeign && mayContain(foreignWords, hash))) {
      if (++this.#listed > 7) this.flags |= HAS_WORDS;
    } else if (this.#listed > 0 && ++this.#missed > 1) this.#listed = this.#missed = 0;
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
  #compound(from: number, end: number): void {
    if (end - from > 24) return;
    let hash = HASH_START;
    for (let i = from; i < end; i++) hash = addUnit(hash, (this.#bytes[i] ?? 0) | 32);
    const word = wordKinds[hash & WORD_MASK] ?? 0;
    if ((word & LABELS) !== 0) this.#label(word, from, end);
  }

  /** Digits; `start` is where the letters before them begin. */
  #count(from: number, end: number, start: number): void {
    this.#digits += end - from;
    if (this.#digits > this.#most) this.#most = this.#digits;
    if (from !== start + 2 || end < from + 2) return;
    if (((kindOf[this.#bytes[from - 1] ?? 0] ?? 0) & isUpper) !== 0) this.flags |= HAS_COUNTRY;
  }

  /** Letters and digits ended that may be a group of hexadecimal digits. */
  #endGroup(size: number, next: number): void {
    if (size === 0) return;
    if (this.#open && size > 3) this.flags |= HAS_JOINT;
    this.#open = size > 7 && (next & isJoint) !== 0;
    if (size > 29 && size < 35) this.flags |= HAS_HALF;
    if (size < 2 || size > 16) this.#streak = 0;
    else {
      this.#streak = this.#group < 0 || size === this.#group ? this.#streak + 1 : 1;
      if (this.#streak > 3) this.flags |= HAS_GROUPS;
    }
    this.#group = size;
  }

  /** Only a mixture can be a token, and only a long run a key. */
  #endRun(from: number, end: number): number {
    const kinds = this.#kinds;
    this.#kinds = 0;
    const isMixed = (kinds & (isDigit | isUpper)) !== 0 && (kinds & notHex) !== 0;
    return end - from > (isMixed ? 15 : 40) ? tokenFlags(this.#bytes, from, end) : 0;
  }
}

const LABELS = IS_LABEL | IS_TOOL | IS_PERSON;
