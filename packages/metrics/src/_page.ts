import { performance } from "node:perf_hooks";
import type { Attributes } from "@opentelemetry/api";
import { ByteWriter } from "./_byte_writer.ts";
import { StoreMembers, selfMembers, targetInfo } from "./_members.ts";
import type { Member } from "./_page_model.ts";
import { planPage } from "./_page_plan.ts";
import { type PageFormat, renderFamily } from "./_render_family.ts";
import { countCollision, type SelfCounts } from "./_self_counts.ts";
import type { MetricStore } from "./_store.ts";

/** Longest time in which a page is written without a pause, in milliseconds. */
const SLICE_MS = 3;

/** What a page is written from. */
export interface PageInput {
  /** Instruments that are read while the page is written. */
  readonly store: MetricStore | undefined;
  /** Metrics that were collected before. */
  readonly collected: readonly Member[];
  readonly resource: Attributes;
  readonly targetInfo: boolean;
  readonly format: PageFormat;
  readonly counts: SelfCounts;
  /** Whether a collision of names is an error of the whole page. */
  readonly strict: boolean;
}

/** Two metrics have the same Prometheus name, and the page is strict. */
export class PageCollisionError extends Error {
  override readonly name: string = "PageCollisionError";

  constructor(member: Member, other: Member) {
    super(
      `The metrics '${member.name}' (${member.type}) and '${other.name}' (${other.type}) have the same Prometheus name: rename one of them, or set 'strict' to false to merge them`,
    );
  }
}

/** Writes pages; keeps the begin of the lines of live instruments from one to the next. */
export class PageWriter {
  readonly #storeMembers = new StoreMembers();

  /**
   * Writes a page in chunks, and pauses between them so that the event loop is never held for long.
   *
   * @throws {PageCollisionError} When `strict` finds a collision of names; before the first chunk.
   */
  async *write(input: PageInput): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const { format, counts } = input;
    let started = performance.now();
    const families = planPage(this.#members(input), format.openMetrics, (member, other, kept) => {
      if (input.strict) throw new PageCollisionError(member, other);
      const fate = kept ? "Their series are merged." : `'${member.name}' is left out of the page.`;
      countCollision(
        counts,
        member.name,
        `The metrics '${member.name}' (${member.type}) and '${other.name}' (${other.type}) have the same Prometheus name. ${fate} Rename one of them.`,
      );
    });
    const out = new ByteWriter();
    for (const { family, type } of families) {
      const lost = (member: Member) =>
        countCollision(
          counts,
          member.name,
          `Left series of '${member.name}' out of the page as their buckets differ`,
        );
      for (const _ of renderFamily(out, family, type, format, lost)) {
        yield* out.full();
        // Counts the time that the receiver of a chunk took, because it runs in the same turn.
        if (performance.now() - started < SLICE_MS) continue;
        await nextTurn();
        started = performance.now();
      }
    }
    if (format.openMetrics) out.text("# EOF\n");
    yield* out.rest();
  }

  *#members(input: PageInput): Generator<Member> {
    // First, so that a metric which takes its name is the one that is left out.
    if (input.targetInfo) yield targetInfo(input.resource);
    for (const instrument of input.store?.instruments ?? []) yield this.#storeMembers.of(instrument);
    yield* input.collected;
    yield* selfMembers(input.counts);
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
