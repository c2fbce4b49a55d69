// A trace holds text of others: names, messages, values. It must neither move the cursor nor break the columns.

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The text on one line: control characters, terminal escapes and direction marks become visible escapes. */
export function plain(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return text;
  return text.replace(CONTROLS, (char) => {
    if (char === "\n") return "\\n";
    if (char === "\t") return "\\t";
    // A joiner inside a picture is part of the picture.
    return char === "\u200d" ? char : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/** How many columns of a terminal the text takes. */
export function widthOf(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}

/** The text, or its beginning and `…` when it does not fit. */
export function fit(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = "";
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    width += WIDE.test(segment) ? 2 : 1;
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** The text cut or filled with spaces to exactly these columns. */
export function pad(text: string, columns: number): string {
  const fitting = fit(text, columns);
  return fitting + " ".repeat(Math.max(0, columns - widthOf(fitting)));
}

/** Words on as few lines as the columns allow; a word that does not fit on a line is cut. */
export function wrap(words: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    const fitting = fit(word, columns);
    if (line !== "" && widthOf(line) + 2 + widthOf(fitting) > columns) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? fitting : `${line}  ${fitting}`;
  }
  return line === "" ? lines : [...lines, line];
}
