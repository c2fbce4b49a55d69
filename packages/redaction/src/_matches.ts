/**
 * Matches of a global pattern from a position on, as `matchAll` gives them. That one makes a copy of the pattern at
 * each call, which costs more than most of the searches.
 */
export function* matches(text: string, pattern: RegExp, from = 0): Generator<RegExpExecArray, void> {
  let at = from;
  for (;;) {
    // Whoever takes the matches may search with the same pattern in between.
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) return;
    at = match[0] === "" ? match.index + 1 : match.index + match[0].length;
    yield match;
  }
}
