import { matches } from "./_matches.ts";
import { isHarmless, isOpaque } from "./_plausible.ts";
import type { Scan } from "./_scan.ts";

const ELEMENT = /<([\w:.-]{1,64})(?:\s[^<>]{0,256})?>(?:<!\[CDATA\[)?([^<]{1,4096}?)(?=(?:\]\]>)?<\/)/g;
const PART =
  /name="?([\w.[\]-]{1,64})"?[^\r\n]{0,128}(?:\r?\n[^\r\n]{1,256}){0,3}\r?\n\r?\n([^\r\n]{1,4096})/g;
const INPUT = /<(?:input|meta|param)\s([^<>]{1,512})>/gi;
const DELIMITERS = ["|", "\t", ";", ","];
/** Lines of a table that are read. */
const LINES = 512;
/** Between the cells of Markdown and of console.table(). */
const BAR = /[|\u2502]/;

/** Values that stand apart from their label: in an element, in a part of a form, in a cell of a table. */
export function findCells(scan: Scan): void {
  const { text } = scan;
  if (text.includes("</")) for (const m of matches(text, ELEMENT)) judge(scan, m);
  if (text.includes("<"))
    for (const m of matches(text, INPUT)) judgeInput(scan, m.index + m[0].length - 1, m[1] ?? "");
  if (text.includes("form-data")) for (const m of matches(text, PART)) judge(scan, m);
  if (BAR.test(text)) findRows(scan);
  findColumns(scan);
}

/** The value is the end of the match. */
function judge(scan: Scan, match: RegExpExecArray): void {
  const [whole, name = "", value = ""] = match;
  hitCell(scan, name, match.index + whole.length - value.length, value);
}

/** `<input type="password" value="..">`, its attributes in any order. */
function judgeInput(scan: Scan, end: number, attributes: string): void {
  const value = /(?<![\w-])(?:value|content)\s?=\s?(["'])([^"']{1,512})\1/i.exec(attributes);
  const name =
    /(?<![\w-])type\s?=\s?["']?(password)/i.exec(attributes) ??
    /(?<![\w-])name\s?=\s?["']?([\w.-]{1,64})/i.exec(attributes);
  if (value === null || name === null) return;
  const at = end - attributes.length + value.index + value[0].lastIndexOf(value[2] ?? "");
  hitCell(scan, name[1] ?? "", at, value[2] ?? "");
}

function hitCell(scan: Scan, name: string, at: number, raw: string): void {
  const value = raw.trim();
  const { kind } = scan.policy.keyClass(name);
  const start = at + raw.indexOf(value);
  if (value === "" || isHarmless(value) || isSentence(value)) return;
  if (kind === "secret" || (kind === "weak" && isOpaque(value)))
    scan.hit(start, start + value.length, "label");
  else if (kind === "pii" && scan.policy.pii && value.length > 1)
    scan.hit(start, start + value.length, "personal");
}

/** What a table says about a field, in the cell after the word "secret". */
function isSentence(value: string): boolean {
  if (value.length > 400 || !/^[A-Z][a-z]|\.$/.test(value)) return false;
  const words = value.split(/\s+/);
  if (words.length < 5 || words.some((word) => word.length > 5 && /\d/.test(word) && /[A-Za-z]/.test(word)))
    return false;
  return words.some((word) =>
    /^(?:the|an?|is|are|of|to|that|from|by|in|for|only|it|was|be|with|and|or)$/.test(word),
  );
}

interface Cell {
  readonly at: number;
  readonly text: string;
}

function cellsOf(line: string, from: number, delimiter: string | RegExp): Cell[] {
  const cells: Cell[] = [];
  let at = from;
  for (const text of line.split(delimiter)) {
    cells.push({ at, text });
    at += text.length + 1;
  }
  return cells;
}

/** "| password | x |" */
function findRows(scan: Scan): void {
  let from = 0;
  const lines = scan.text.split("\n", LINES);
  for (const [row, line] of lines.entries()) {
    const isHead = /^[\s|:-]{3,}$/.test(lines[row + 1] ?? "");
    const cells = BAR.test(line) ? cellsOf(line, from, BAR) : [];
    for (const [i, cell] of cells.entries()) {
      const next = cells[i + 1];
      const name = cell.text.trim();
      // The names of the columns of a table in Markdown are no values.
      if (next === undefined || (isHead && /^[a-z ]{1,24}$/i.test(next.text))) continue;
      if (/^[\w .*-]{2,47}$/.test(name)) hitCell(scan, name, next.at, next.text);
    }
    from += line.length + 1;
  }
}

/** A first line of names, and lines of as many values. */
function findColumns(scan: Scan): void {
  const end = scan.text.indexOf("\n");
  if (end < 0 || end > 2048) return;
  const head = scan.text.slice(0, end);
  const delimiter = DELIMITERS.find((d) => head.includes(d));
  if (delimiter === undefined) return;
  const names = head.split(delimiter).map((name) => name.trim().replace(/^["']|["']$/g, ""));
  if (names.some((name) => name.length > 48 || !/^[\w .-]*$/.test(name))) return;
  let from = head.length + 1;
  for (const line of scan.text.split("\n", LINES).slice(1)) {
    const cells = cellsOf(line, from, delimiter);
    if (cells.length === names.length) {
      for (const [i, cell] of cells.entries()) hitCell(scan, names[i] ?? "", cell.at, cell.text);
    }
    from += line.length + 1;
  }
}
