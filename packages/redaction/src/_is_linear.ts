/**
 * Tells whether a regular expression is of a form whose run time grows with the text alone: no repetition inside
 * an unbounded repetition, no two unbounded repetitions of overlapping characters in a row, no back reference.
 * It errs on the side of refusing.
 */
export function isLinear(source: string): boolean {
  if (/\\[1-9]|\\k</.test(source)) return false;
  const stack: { repeats: boolean }[] = [{ repeats: false }];
  let unbounded = 0;
  for (let i = 0; i < source.length; i++) {
    const c = source[i];
    if (c === "\\") i++;
    else if (c === "[") i = classEnd(source, i);
    else if (c === "(") stack.push({ repeats: false });
    else if (c === ")") {
      const group = stack.pop();
      const repeat = repetition(source, i + 1);
      if (repeat.unbounded && group?.repeats === true) return false;
      const outer = stack.at(-1);
      if (outer !== undefined && (repeat.any || group?.repeats === true)) outer.repeats = true;
      continue;
    }
    if (c === "(" || c === "|" || c === "^" || c === "$") continue;
    const repeat = repetition(source, i + 1);
    const level = stack.at(-1);
    if (repeat.any && level !== undefined) level.repeats = true;
    if (repeat.unbounded) unbounded++;
    i += repeat.size;
  }
  return unbounded < 2;
}

function classEnd(source: string, open: number): number {
  for (let i = open + 1; i < source.length; i++) {
    if (source[i] === "\\") i++;
    else if (source[i] === "]" && i > open + 1) return i;
  }
  return source.length;
}

function repetition(source: string, at: number): { any: boolean; unbounded: boolean; size: number } {
  const c = source[at];
  if (c === "*" || c === "+") return { any: true, unbounded: true, size: 1 };
  if (c === "?") return { any: false, unbounded: false, size: 1 };
  const braces = c === "{" ? /^\{(\d+)(,?)(\d*)\}/.exec(source.slice(at, at + 16)) : null;
  if (braces === null) return { any: false, unbounded: false, size: 0 };
  const open = braces[2] === "," && braces[3] === "";
  return { any: true, unbounded: open || Number(braces[3] || braces[1]) > 1000, size: braces[0].length };
}
