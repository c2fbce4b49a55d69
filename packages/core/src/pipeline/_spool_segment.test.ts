import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SpoolSegment } from "./_spool_segment.ts";

let directory = "";
let file = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "segment-"));
  file = join(directory, "a.seg");
});
afterEach(() => rmSync(directory, { recursive: true }));

function filled(...payloads: string[]): SpoolSegment {
  const segment = SpoolSegment.create(file);
  for (const payload of payloads) segment.append(Buffer.from(payload), payload.length);
  return segment;
}

function drain(segment: SpoolSegment): string[] {
  const seen: string[] = [];
  for (let record = segment.peek(); record; record = segment.peek()) {
    seen.push(record.payload.toString());
    segment.remove(record);
  }
  return seen;
}

test("SpoolSegment gives records back in order and counts what is left", () => {
  const segment = filled("a", "bb", "ccc");
  expect([segment.spans, segment.size]).toEqual([6, 6 + 3 * 16]);
  expect(segment.peek()?.payload.toString()).toBe("a");
  expect(segment.peek()?.payload.toString()).toBe("a");
  expect(drain(segment)).toEqual(["a", "bb", "ccc"]);
  expect([segment.spans, segment.done, segment.corrupt]).toEqual([0, true, 0]);
  segment.destroy();
  expect(readdirSync(directory)).toEqual([]);
});

test("SpoolSegment.open() goes on where the last process had got to", () => {
  const first = filled("a", "bb", "ccc");
  const record = first.peek();
  if (record) first.remove(record);
  first.close();
  const second = SpoolSegment.open(file);
  expect([second.spans, drain(second)]).toEqual([5, ["bb", "ccc"]]);
});

test("SpoolSegment.open() delivers again what is behind a damaged mark", () => {
  const first = filled("a", "bb", "ccc");
  const record = first.peek();
  if (record) first.remove(record);
  first.close();
  appendFileSync(join(directory, "a.ack"), Buffer.from([9, 9, 9, 9, 9, 9, 9, 9, 7, 7]));
  expect(drain(SpoolSegment.open(file))).toEqual(["bb", "ccc"]);
  writeFileSync(join(directory, "a.ack"), "????????");
  expect(drain(SpoolSegment.open(file))).toEqual(["a", "bb", "ccc"]);
});

test("SpoolSegment.open() skips a damaged record and a cut one, and counts both", () => {
  filled("a", "bb", "ccc", "dddd").close();
  const bytes = readFileSync(file);
  bytes.writeUInt8(0x58, 17 + 16); // the first byte of "bb"
  writeFileSync(file, bytes);
  truncateSync(file, bytes.length - 1);
  const segment = SpoolSegment.open(file);
  expect([segment.corrupt, segment.spans]).toEqual([2, 4]);
  expect(drain(segment)).toEqual(["a", "ccc"]);
  expect([segment.corrupt, segment.done]).toEqual([2, true]);
});

test("SpoolSegment tells what it wrote and cannot read back", () => {
  const segment = filled("a", "bb", "ccc");
  const bytes = readFileSync(file);
  bytes.writeUInt8(0x58, 17 + 16);
  writeFileSync(file, bytes);
  expect(drain(segment)).toEqual(["a", "ccc"]);
  expect([segment.spans, segment.corrupt, segment.peek()]).toEqual([2, 1, undefined]);
});

test("SpoolSegment keeps records that are written while it is read", () => {
  const segment = filled("a");
  expect(drain(segment)).toEqual(["a"]);
  segment.append(Buffer.from("bb"), 2);
  segment.close();
  expect(drain(segment)).toEqual(["bb"]);
});

test("SpoolSegment.create() refuses a file that exists", () => {
  filled("a").close();
  expect(() => SpoolSegment.create(file)).toThrow(/EEXIST/);
  expect(existsSync(file)).toBe(true);
});
