/** One pattern of several: the lines of a text, each of which is an alternative, without the white space before them. */
export function alternatives(lines: string): string {
  return lines.trim().replace(/\n\s*/g, "|");
}
