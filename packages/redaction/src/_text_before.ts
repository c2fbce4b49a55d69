/** The characters before a position, at most `size` of them. */
export function textBefore(text: string, at: number, size: number): string {
  return text.slice(Math.max(0, at - size), at);
}
