import { ATTR_REDACTION_COUNT } from "@dcmx-tracing/conventions";
import type { Attributes } from "@opentelemetry/api";
import { Audit } from "./_audit.ts";
import { withParts } from "./_copy_span.ts";
import type { Policy } from "./_policy.ts";
import type { OriginRedactor } from "./_redact_origin.ts";
import { blankParts, redactParts, type SpanParts } from "./_redact_span.ts";
import { type Finding, Run } from "./_run.ts";
import type { SpanLike } from "./create_redactor.ts";

/** The redaction of spans. */
export interface SpanRedactor {
  readonly redact: <T extends SpanLike>(span: T) => T;
  readonly explain: (span: SpanLike) => readonly Finding[];
}

/** Creates it. A span that cannot be examined comes out blank. */
export function createSpanRedactor(
  policy: Policy,
  audit: Audit,
  origins: OriginRedactor,
  count: boolean,
): SpanRedactor {
  return {
    redact: (span) => {
      // Callers without types may pass anything; what is no object holds no telemetry.
      if (!isObject(span)) return span;
      if (!audit.span()) return redact(span);
      const start = performance.now();
      const redacted = redact(span);
      audit.time((performance.now() - start) / 1000);
      return redacted;
    },
    explain: (span) => {
      const findings: Finding[] = [];
      if (!isObject(span)) return findings;
      read(new Run(policy, new Audit(), findings), partsOf(span));
      return findings;
    },
  };
  function redact<T extends SpanLike>(span: T): T {
    const run = new Run(policy, audit);
    run.holds = true;
    try {
      const before = partsOf(span);
      const after = read(run, before);
      run.settle();
      return withParts(span, counted(after, count ? run.count : 0), after === before, origins);
    } catch (error) {
      run.fail("span", error);
      return withParts(span, blankParts(), false, NO_ORIGINS);
    }
  }
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** Reads the parts of a span, and once more if it told of a hash that is public. */
function read(run: Run, parts: SpanParts): SpanParts {
  const after = redactParts(run, parts);
  if (run.count === 0 || !learnHashes(run.policy, parts.attributes)) return after;
  return redactParts(run.again(), parts);
}

/** Hashes that this span has under a public key are public in its other fields too, whatever the order. */
function learnHashes(policy: Policy, attributes: Attributes): boolean {
  let learned = false;
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value !== "string" || value.length !== 66 || !policy.keyClass(key).publicHex) continue;
    if (!policy.registry.has(value) && policy.registry.add(value)) learned = true;
  }
  return learned;
}

function partsOf(span: SpanLike): SpanParts {
  const { name, attributes, status, events } = span;
  return { name, attributes, status, events, links: span.links ?? NO_LINKS };
}

const NO_LINKS: SpanParts["links"] = [];

function counted(parts: SpanParts, count: number): SpanParts {
  return count === 0
    ? parts
    : { ...parts, attributes: { ...parts.attributes, [ATTR_REDACTION_COUNT]: count } };
}

/** Of a span that failed nothing more is read than must be. */
const NO_ORIGINS: OriginRedactor = {
  resource: (resource) => resource,
  scope: (scope) => scope,
  context: ({ traceState: _dropped, ...rest }) => rest,
};
