import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A process, told apart from every other one that ever ran. */
export interface ProcessIdentity {
  /** Where its process id means something: one boot of one machine, one pid namespace. */
  readonly place: string;
  readonly pid: number;
  /** When it started, as the kernel counts; 0 where that cannot be read. Process ids are used again, this is not. */
  readonly started: number;
}

/** @returns The identity of this process. */
export function ownIdentity(): ProcessIdentity {
  return { place: ownPlace(), pid: process.pid, started: startOf(process.pid) ?? 0 };
}

/**
 * @param other A process.
 * @param own This process.
 * @returns Whether it lives, or `undefined` when that cannot be known from here: it runs elsewhere.
 */
export function isAlive(other: ProcessIdentity, own: ProcessIdentity): boolean | undefined {
  if (other.place !== own.place) return undefined;
  if (other.pid === own.pid) return other.started === own.started;
  if (own.started !== 0) return startOf(other.pid) === other.started;
  try {
    process.kill(other.pid, 0);
    return undefined; // alive, or another process by now
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM" ? undefined : false;
  }
}

/** Field 22 of /proc/PID/stat. The name before it is in parentheses and may hold spaces and more parentheses. */
function startOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A zombie holds its entry until it is waited for, but it will write nothing any more.
    return fields[0] === "Z" || fields[0] === "X" ? undefined : Number(fields[19]);
  } catch {
    return undefined;
  }
}

function ownPlace(): string {
  let place: string;
  try {
    place = readFileSync("/proc/sys/kernel/random/boot_id", "utf8") + readlinkSync("/proc/self/ns/pid");
  } catch {
    place = hostname();
  }
  return createHash("sha256").update(place).digest("hex").slice(0, 12);
}
