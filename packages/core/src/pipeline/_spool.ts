import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { atLeast } from "./_backoff.ts";
import { messageOf } from "./_call_exporter.ts";
import type { Counters } from "./_counters.ts";
import type { EncodedBatch } from "./_encoded_batch.ts";
import type { Overflow } from "./_memory_queue.ts";
import { ownIdentity } from "./_process_identity.ts";
import { type FoundRecord, HEADER_BYTES } from "./_record_codec.ts";
import { SpoolLots } from "./_spool_lots.ts";
import { SpoolSegment } from "./_spool_segment.ts";
import type { TroubleReporter } from "./_trouble_reporter.ts";
import type { SpoolOptions } from "./pipeline_options.ts";
import type { SpoolStats } from "./pipeline_stats.ts";

/** A segment that was taken over and not read yet. */
interface FoundSegment {
  readonly file: string;
  readonly size: number;
  /** Whether it is the oldest of its lot. */
  readonly first: boolean;
}

/** A bounded queue on disk: what a process cannot deliver waits here, and outlives it. */
export class Spool implements Overflow<EncodedBatch> {
  readonly #maxBytes: number;
  readonly #segmentBytes: number;
  readonly #counters: Counters;
  readonly #trouble: TroubleReporter;
  readonly #lots: SpoolLots;
  readonly #wake: () => void;
  readonly #timer: NodeJS.Timeout;
  /** Oldest first; the last one of our own making is written to. */
  readonly #segments: SpoolSegment[] = [];
  readonly #found: FoundSegment[] = [];
  #writing: SpoolSegment | undefined;
  #peeked: { readonly segment: SpoolSegment; readonly record: FoundRecord } | undefined;
  #otherBytes = 0;
  #sequence = 0;
  #pausedUntil = 0;
  #spooled = 0;
  #recovered = 0;
  #corrupt = 0;
  #errors = 0;
  #closed = false;

  /**
   * @param options Directory and bounds.
   * @param counters Counters of the pipeline.
   * @param trouble Reporter of the pipeline.
   * @param wake Called when there is something to send that was not put here by the caller.
   * @throws {RangeError | Error} When a bound is out of range or the directory cannot be written.
   */
  constructor(options: SpoolOptions, counters: Counters, trouble: TroubleReporter, wake: () => void) {
    const { directory, maxBytes = 64 * 1024 * 1024, segmentBytes = 1024 * 1024 } = options;
    atLeast("spool.maxBytes", maxBytes, 1);
    atLeast("spool.segmentBytes", segmentBytes, 1);
    this.#maxBytes = maxBytes;
    this.#segmentBytes = segmentBytes;
    this.#counters = counters;
    this.#trouble = trouble;
    this.#wake = wake;
    try {
      this.#lots = new SpoolLots(directory, ownIdentity());
      this.#look();
    } catch (error) {
      throw new Error(
        `Cannot spool as 'spool.directory' must be a directory that can be written: current value is ${JSON.stringify(directory)} (${messageOf(error)})`,
        { cause: error },
      );
    }
    this.#timer = setInterval(() => this.#guard(() => this.#look()), LOOK_MS);
    this.#timer.unref();
  }

  /** Whether more spans may turn up without being put here: those of other processes are still being read. */
  get recovering(): boolean {
    return this.#found.length > 0;
  }

  get spans(): number {
    return this.#segments.reduce((sum, { spans }) => sum + spans, 0);
  }

  put(batch: EncodedBatch): boolean {
    if (performance.now() < this.#pausedUntil) return false;
    return this.#guard(() => this.#append(batch.body(), batch.spans)) ?? false;
  }

  peek(): EncodedBatch | undefined {
    if (this.#closed) return undefined;
    for (let segment = this.#segments[0]; segment; segment = this.#segments[0]) {
      const record = this.#guard(() => segment.peek());
      if (record) {
        this.#peeked = { segment, record };
        return { spans: record.spans, bytes: record.payload.length, body: () => record.payload };
      }
      this.#giveUp(segment);
    }
    return undefined;
  }

  remove(): void {
    if (!this.#peeked) return;
    const { segment, record } = this.#peeked;
    this.#peeked = undefined;
    // If the mark cannot be written, the batch may be delivered again by the next process: better than not at all.
    this.#guard(() => segment.remove(record));
    if (segment.done) this.#drop(segment);
  }

  /** @returns The state of the spool. */
  stats(): SpoolStats {
    return {
      spooled: this.#spooled,
      recovered: this.#recovered,
      spans: this.spans,
      bytes: this.#bytes(),
      corruptRecords: this.#corrupt + this.#segments.reduce((sum, { corrupt }) => sum + corrupt, 0),
      errors: this.#errors,
    };
  }

  /** Stops. What is left belongs to whoever comes next. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    const lots = new Set([...this.#segments, ...this.#found].map(({ file }) => dirname(file)));
    for (const segment of this.#segments) this.#guard(() => segment.close());
    for (const lot of lots) this.#guard(() => this.#lots.release(lot));
  }

  #bytes(): number {
    return [...this.#segments, ...this.#found].reduce((sum, { size }) => sum + size, 0);
  }

  #append(payload: Buffer, spans: number): boolean {
    const size = HEADER_BYTES + payload.length;
    if (this.#bytes() + this.#otherBytes + size > this.#maxBytes) {
      this.#trouble.report("spool", `the spool is full (${this.#maxBytes} bytes): spans wait in memory only`);
      return false;
    }
    this.#segmentFor(size).append(payload, spans);
    this.#spooled += spans;
    return true;
  }

  #segmentFor(size: number): SpoolSegment {
    const current = this.#writing;
    // Another process may have taken the lot over, if this one was stopped for long: what it does not know is not sent.
    const usable = current && existsSync(current.file);
    if (usable && (current.size === 0 || current.size + size <= this.#segmentBytes)) return current;
    if (current) this.#guard(() => current.close());
    const lot = usable ? dirname(current.file) : this.#lots.make();
    // Names sort by time over all lots, so that what was left behind is sent before what came later.
    const name = `${String(Date.now()).padStart(15, "0")}-${String(++this.#sequence).padStart(8, "0")}.seg`;
    this.#writing = SpoolSegment.create(join(lot, name));
    this.#segments.push(this.#writing);
    return this.#writing;
  }

  /** Takes over what dead processes left; the files are read one a turn, as there may be many. */
  #look(): void {
    this.#lots.touch();
    for (const lot of this.#lots.claim()) {
      const files = readdirSync(lot).filter((file) => file.endsWith(".seg"));
      if (files.length === 0) this.#lots.release(lot);
      for (const [at, name] of files.sort().entries()) {
        const file = join(lot, name);
        this.#found.push({ file, size: statSync(file).size, first: at === 0 });
      }
    }
    this.#otherBytes = this.#lots.otherBytes();
    if (this.#found.length > 0) setImmediate(() => this.#recover());
  }

  #recover(): void {
    if (this.#closed) return;
    const found = this.#found.shift();
    if (found) this.#guard(() => this.#adopt(SpoolSegment.open(found.file), found.first));
    if (this.#found.length > 0) setImmediate(() => this.#recover());
    this.#wake();
  }

  #adopt(segment: SpoolSegment, first: boolean): void {
    if (segment.done) {
      this.#segments.push(segment);
      this.#drop(segment);
      return;
    }
    this.#recovered += segment.spans;
    // The process may have died between a delivery and its mark. It sent one batch of a lot at a time, the oldest.
    if (first) this.#counters.maxDuplicates += segment.peek()?.spans ?? 0;
    const at = this.#segments.findIndex(({ file }) => nameOf(file) > nameOf(segment.file));
    this.#segments.splice(at < 0 ? this.#segments.length : at, 0, segment);
  }

  /** A segment that claims to hold spans which cannot be read back. */
  #giveUp(segment: SpoolSegment): void {
    if (!segment.done) {
      this.#counters.failed["spool-corrupt"] += segment.spans;
      this.#trouble.report("spool", `${segment.spans} spans cannot be read back from the spool and are lost`);
    }
    this.#drop(segment);
  }

  #drop(segment: SpoolSegment): void {
    const at = this.#segments.indexOf(segment);
    if (at >= 0) this.#segments.splice(at, 1);
    this.#corrupt += segment.corrupt;
    if (segment === this.#writing) this.#writing = undefined;
    this.#guard(() => segment.destroy());
    const lot = dirname(segment.file);
    const inUse = [...this.#segments, ...this.#found].some(({ file }) => dirname(file) === lot);
    if (!inUse) this.#guard(() => this.#lots.release(lot));
  }

  /** Runs disk work; its failure is counted, said and rests the spool, but goes no further. */
  #guard<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.#errors++;
      this.#pausedUntil = performance.now() + PAUSE_MS;
      this.#trouble.report("spool", `the spool does not work: ${messageOf(error)}`);
      return undefined;
    }
  }
}

const LOOK_MS = 15_000;
const PAUSE_MS = 5_000;

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}
