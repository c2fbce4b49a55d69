import type { Audit, RedactionSurface } from "./_audit.ts";
import type { KeyClass } from "./_classify_key.ts";
import type { TextContext } from "./_engine.ts";
import type { Policy } from "./_policy.ts";
import { Taint } from "./_taint.ts";

/** What a dry run tells about one removal: never the value. */
export interface Finding {
  /** Rule that found it. */
  readonly rule: string;
  /** Part of the span: name, attribute, event, status, link. */
  readonly surface: RedactionSurface;
  /** Key of the attribute or of the field, where there is one. */
  readonly key: string;
}

/** The redaction of one span, or of one value: what was found so far. */
export class Run {
  readonly policy: Policy;
  readonly audit: Audit;
  taint: Taint | undefined;
  readonly findings: Finding[] | undefined;
  surface: RedactionSurface = "value";
  key = "";
  count = 0;
  members = 0;
  /** Characters that may still be read. */
  budget: number;
  seen: Set<object> | undefined;
  /** Counts that wait until it is sure that the span is not read anew. */
  held: (() => void)[] | undefined;
  holds = false;

  constructor(policy: Policy, audit: Audit, findings?: Finding[]) {
    this.policy = policy;
    this.budget = policy.maxWork;
    this.audit = audit;
    this.findings = findings;
  }

  /** Forgets what was found: the span is read anew. */
  again(): this {
    this.taint = undefined;
    this.count = 0;
    this.held = undefined;
    this.members = 0;
    this.budget = this.policy.maxWork;
    if (this.findings !== undefined) this.findings.length = 0;
    return this;
  }

  /** Notes a removal. */
  hit(rule: string, secret: string, taint = true): void {
    this.count++;
    const { surface } = this;
    this.#count(() => this.audit.hit(rule, surface));
    this.findings?.push({ rule, surface: this.surface, key: this.key });
    if (!taint) return;
    this.taint ??= new Taint();
    this.taint.add(secret);
  }

  /** Counts what waited. */
  settle(): void {
    for (const count of this.held ?? []) count();
    this.held = undefined;
  }

  /** Notes a fault; the caller replaces the value. */
  fail(rule: string, error: unknown): void {
    this.count++;
    this.audit.failure(rule, this.surface, error);
  }

  /** Notes a tail that was not read. */
  truncated(): void {
    this.count++;
    const { surface } = this;
    this.#count(() => this.audit.truncation(surface));
  }

  /** Takes the characters of a text from the budget; false when the text is beyond it and must be dropped unread. */
  mayRead(characters: number): boolean {
    if (characters > this.budget) {
      this.truncated();
      return false;
    }
    this.budget -= characters;
    return true;
  }

  #count(count: () => void): void {
    if (this.holds) {
      this.held ??= [];
      this.held.push(count);
    } else count();
  }

  /** Context for the engine. */
  context(key: KeyClass, keyName: string): TextContext {
    return { key, keyName, sink: this };
  }
}
