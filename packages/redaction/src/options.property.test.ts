import { defaultTextMapSetter, ROOT_CONTEXT, type TextMapPropagator } from "@opentelemetry/api";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { redactMetricAttributes } from "./redact_metric_attributes.ts";
import { redactResource } from "./redact_resource.ts";
import { redactingLogProcessor } from "./redacting_log_processor.ts";
import { redactingPropagator } from "./redacting_propagator.ts";
import { visibleText } from "./testing/_score_cases.ts";
import { needles, SECRET_KINDS } from "./testing/_secrets.ts";

const proven = SECRET_KINDS.filter((kind) => kind.proven);
const secret = fc.constantFrom(...proven).chain((kind) => kind.arbitrary);
/** Names that say nothing. */
const name = fc.stringMatching(/^[b-y]{2}[0-9]?$/).map((tail) => `custom.${tail}`);
const span = (attributes: Record<string, unknown>) => ({
  name: "mint",
  status: { code: 0 as const },
  // Rich values are wider than what attributes may be.
  attributes: attributes as Record<string, string>,
  events: [],
});

function expectGone(out: unknown, value: string): void {
  const text = visibleText({ out }).toLowerCase();
  for (const needle of needles(value)) expect(text).not.toContain(needle.toLowerCase());
}

/** A value in a container that a program may hold it in. */
const hostile = secret.chain((value) =>
  fc
    .constantFrom<(v: string) => unknown>(
      (v) => v,
      (v) => [v, "b"],
      (v) => ({ deep: { list: [{ v }] } }),
      (v) => new Map([["v", v]]),
      (v) => new Set([v]),
      (v) => new Error(`refused ${v} here`),
      (v) => Object.freeze({ v }),
      (v) => Object.assign(Object.create(null), { v }),
      (v) => Buffer.from(`got ${v} here`),
      (v) => Object(v),
      (v) => JSON.stringify({ a: JSON.stringify({ v }) }),
    )
    .map((wrap) => ({ value, held: wrap(value) })),
);

test("every adapter removes any secret from any container", () => {
  const redactor = createRedactor();
  const log = redactingLogProcessor(
    { onEmit: () => {}, forceFlush: async () => {}, shutdown: async () => {} },
    redactor,
  );
  const metric = redactMetricAttributes(redactor);
  fc.assert(
    fc.property(hostile, name, ({ value, held }, key) => {
      const attributes = { [key]: held as string };
      expectGone(redactor.redactSpan(span(attributes)), value);
      expectGone(redactor.redactValue(key, held), value);
      expectGone(metric(attributes), value);
      expectGone(redactResource({ ...attributes }, redactor), value);
      const record = { body: held, attributes: { ...attributes } };
      log.onEmit(record);
      expectGone(record, value);
    }),
    { numRuns: 120 },
  );
});

test("redactingPropagator() sends no secret as a value, a name or a property of a member", () => {
  fc.assert(
    fc.property(
      secret,
      fc.constantFrom("baggage", "tracestate"),
      fc.integer({ min: 0, max: 2 }),
      (value, header, place) => {
        const encoded = encodeURIComponent(value);
        const member = [`signer=${encoded}`, `${encoded}=1`, `signer=1;note=${encoded}`][place] ?? "";
        const inner: TextMapPropagator = {
          inject: (_context, carrier, setter) => setter.set(carrier, header, `user=7,${member},plan=a`),
          extract: (context) => context,
          fields: () => [header],
        };
        const carrier: Record<string, string> = {};
        redactingPropagator(inner).inject(ROOT_CONTEXT, carrier, defaultTextMapSetter);
        expect(carrier[header]).toBe("user=7,plan=a");
      },
    ),
    { numRuns: 120 },
  );
});

test("createRedactor() lets no secret out in any mode, and tags equal secrets alike", () => {
  const modes = [
    createRedactor({ mode: "remove" }),
    createRedactor({ mode: "mask" }),
    createRedactor({ mode: "tag", tagKey: "a key of the tests" }),
  ];
  fc.assert(
    fc.property(secret, (value) => {
      for (const { redactString } of modes) {
        const once = redactString(`refused ${value} at step 42`);
        expectGone(once, value);
        expect(once.startsWith("refused ") && once.endsWith(" at step 42"), once).toBe(true);
        expect(redactString(once)).toBe(once);
        expect(redactString(`refused ${value} at step 42`)).toBe(once);
      }
    }),
    { numRuns: 60 },
  );
});

test("createRedactor() obeys deny before allow, and drops what a strict list leaves out", () => {
  fc.assert(
    fc.property(name, name, secret, (kept, denied, value) => {
      fc.pre(kept !== denied);
      const { redactSpan } = createRedactor({
        allowKeys: ["custom.*"],
        denyKeys: [denied],
        onlyKeys: [kept, denied],
      });
      const out = redactSpan(span({ [kept]: value, [denied]: "order-42", other: "x" })).attributes;
      expect(out).toEqual({ [kept]: value, [denied]: "[REDACTED]" });
    }),
    { numRuns: 60 },
  );
});

test("createRedactor() finds secrets of the process wherever they stand", () => {
  const word = fc.stringMatching(/^[a-z]{3,8}-[a-z]{3,8}-[a-z]{3,8}$/);
  fc.assert(
    fc.property(word, fc.lorem(), fc.lorem(), (value, before, after) => {
      const { redactString, addSecret } = createRedactor();
      fc.pre(!`${before}${after}`.includes(value));
      addSecret(value);
      expect(redactString(`${before}${value}${after}`)).not.toContain(value);
      expect(redactString(JSON.stringify({ a: JSON.stringify({ b: value }) }))).not.toContain(value);
    }),
    { numRuns: 60 },
  );
});

test("createRedactor() finds literals and globs of the user anywhere in a text", () => {
  const { redactString } = createRedactor({
    rules: [
      { id: "ticket", match: "TCK-*", standIn: "[ticket]" },
      { id: "name", match: "Project Nightjar" },
    ],
  });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9000 }), fc.stringMatching(/^[A-Za-z0-9]{1,20}$/), (pad, id) => {
      const text = `${"x ".repeat(pad)}see TCK-${id} of Project Nightjar, please`;
      expect(redactString(text)).toBe(`${"x ".repeat(pad)}see [ticket] of [REDACTED], please`);
    }),
    { numRuns: 60 },
  );
});
