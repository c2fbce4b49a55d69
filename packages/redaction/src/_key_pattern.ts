/** Tells whether a key is meant by a list of names and globs. */
export type KeyPattern = (key: string) => boolean;

/** Compiles names and globs (`wallet.*`). A glob is matched by its literal parts in turn, never by backtracking. */
export function keyPattern(list: readonly string[] | undefined): KeyPattern {
  if (list === undefined || list.length === 0) return () => false;
  const exact = new Set(list.filter((name) => !name.includes("*")));
  const globs = list.filter((name) => name.includes("*")).map((name) => name.split("*"));
  return (key) => exact.has(key) || globs.some((parts) => matchesGlob(key, parts));
}

function matchesGlob(key: string, parts: readonly string[]): boolean {
  const head = parts[0] ?? "";
  const tail = parts.at(-1) ?? "";
  if (key.length < head.length + tail.length || !key.startsWith(head) || !key.endsWith(tail)) return false;
  let at = head.length;
  for (const part of parts.slice(1, -1)) {
    const found = key.indexOf(part, at);
    if (found < 0 || found + part.length > key.length - tail.length) return false;
    at = found + part.length;
  }
  return true;
}
