import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "./_make_folder.ts";
import { isAlive, type ProcessIdentity } from "./_process_identity.ts";

/**
 * The lots of a spool directory. A lot is a sub-directory that belongs to one process, whose identity is its name:
 * taking one over is a rename, which the file system lets succeed for exactly one of several processes.
 */
export class SpoolLots {
  readonly #directory: string;
  readonly #own: ProcessIdentity;
  readonly #mine = new Set<string>();

  /**
   * @param directory The spool directory, made when absent.
   * @param own This process.
   * @throws {Error} When the directory cannot be made or written.
   */
  constructor(directory: string, own: ProcessIdentity) {
    this.#directory = directory;
    this.#own = own;
    makeFolder(directory);
    rmSync(this.make(), { recursive: true });
    this.#mine.clear();
  }

  /** Makes an empty lot. @returns Its path. */
  make(): string {
    const lot = join(this.#directory, this.#name());
    mkdirSync(lot, { mode: 0o700 });
    this.#mine.add(lot);
    return lot;
  }

  /** Takes over the lots of processes that ended. @returns Their new paths, the longest untouched first. */
  claim(): string[] {
    const found = this.#others()
      .filter(({ free }) => free)
      .sort((a, b) => a.mtimeMs - b.mtimeMs);
    const claimed: string[] = [];
    for (const { path } of found) {
      const lot = join(this.#directory, this.#name());
      try {
        renameSync(path, lot);
        touch(lot);
      } catch {
        continue; // another process was faster
      }
      this.#mine.add(lot);
      claimed.push(lot);
    }
    return claimed;
  }

  /** Shows processes elsewhere, which cannot look this process up, that it lives. */
  touch(): void {
    for (const lot of this.#mine) touch(lot);
  }

  /** Bytes in the lots of other processes. */
  otherBytes(): number {
    return this.#others().reduce((sum, { path }) => sum + bytesIn(path), 0);
  }

  /** Gives a lot up: to whoever comes next, or for good when it is empty. */
  release(lot: string): void {
    this.#mine.delete(lot);
    if (readdirSync(lot).length === 0) rmSync(lot, { recursive: true });
    else renameSync(lot, join(this.#directory, `free.${randomBytes(6).toString("hex")}`));
  }

  #name(): string {
    const { place, pid, started } = this.#own;
    return ["lot", place, pid, started, randomBytes(6).toString("hex")].join(".");
  }

  #others(): { path: string; free: boolean; mtimeMs: number }[] {
    const others = [];
    for (const name of readdirSync(this.#directory)) {
      const path = join(this.#directory, name);
      const [kind, place = "", pid, started] = name.split(".");
      if (this.#mine.has(path) || (kind !== "lot" && kind !== "free")) continue;
      const mtimeMs = mtimeOf(path);
      if (mtimeMs === undefined) continue;
      const alive = isAlive({ place, pid: Number(pid), started: Number(started) }, this.#own);
      const free = kind === "free" || !(alive ?? Date.now() - mtimeMs < SILENT_MS);
      others.push({ path, free, mtimeMs });
    }
    return others;
  }
}

/** How long a process elsewhere may say nothing before it is taken for dead; it says something every 15 seconds. */
const SILENT_MS = 90_000;

function touch(lot: string): void {
  const now = new Date();
  try {
    utimesSync(lot, now, now);
  } catch {
    // It was taken over: whoever has it keeps it fresh.
  }
}

function mtimeOf(path: string): number | undefined {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return undefined; // another process took it over or deleted it just now
  }
}

function bytesIn(lot: string): number {
  try {
    return readdirSync(lot).reduce((sum, file) => sum + statSync(join(lot, file)).size, 0);
  } catch {
    return 0; // another process took it over or deleted it just now
  }
}
