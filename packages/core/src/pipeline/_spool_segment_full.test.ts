/** A disk that takes half a record: only the write itself is replaced, everything else is the real file system. */

import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { SpoolSegment } from "./_spool_segment.ts";

const disk = vi.hoisted(() => ({ full: false }));
vi.mock("node:fs", async (original) => {
  const real = await original<typeof import("node:fs")>();
  const writevSync: typeof real.writevSync = (fd, buffers, position) => {
    if (!disk.full) return real.writevSync(fd, buffers, position);
    return real.writevSync(fd, buffers.slice(0, 1), position);
  };
  return { ...real, writevSync };
});

test("SpoolSegment.append() leaves nothing of a record that did not fit, and goes on when there is room", () => {
  const directory = mkdtempSync(join(tmpdir(), "full-"));
  const file = join(directory, "a.seg");
  const segment = SpoolSegment.create(file);
  segment.append(Buffer.from("one"), 1);
  disk.full = true;
  expect(() => segment.append(Buffer.from("two"), 1)).toThrow("only 16 bytes were written");
  expect([statSync(file).size, segment.size, segment.spans]).toEqual([19, 19, 1]);
  disk.full = false;
  segment.append(Buffer.from("three"), 1);
  const seen: string[] = [];
  for (let record = segment.peek(); record; record = segment.peek()) {
    seen.push(record.payload.toString());
    segment.remove(record);
  }
  expect([seen, segment.corrupt]).toEqual([["one", "three"], 0]);
  segment.close();
  rmSync(directory, { recursive: true });
});
