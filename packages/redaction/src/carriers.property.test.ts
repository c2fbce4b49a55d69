import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { CARRIERS } from "./testing/_carriers.ts";
import { visibleText } from "./testing/_score_cases.ts";
import { needles, SECRET_KINDS } from "./testing/_secrets.ts";

const { redactSpan } = createRedactor();

for (const carrier of CARRIERS) {
  test(`createRedactor() removes secrets of every kind from the carrier: ${carrier.name}`, () => {
    for (const kind of SECRET_KINDS.filter((k) => k.proven || carrier.labelled)) {
      fc.assert(
        fc.property(kind.arbitrary, (secret) => {
          // Rich values are wider than what attributes may be.
          const attributes = { [carrier.key]: carrier.wrap(secret) as string };
          const out = visibleText(redactSpan({ name: "mint", status: { code: 0 }, attributes, events: [] }));
          for (const needle of needles(secret))
            expect(out.toLowerCase(), kind.name).not.toContain(needle.toLowerCase());
          if (carrier.keeps !== undefined)
            expect(out, kind.name).toContain(JSON.stringify(carrier.keeps).slice(1, -1));
        }),
        { numRuns: 12 },
      );
    }
  });
}

test("createRedactor() covers at least 40 carriers and 12 kinds of secret", () => {
  expect(CARRIERS.length).toBeGreaterThanOrEqual(40);
  expect(SECRET_KINDS.length).toBeGreaterThanOrEqual(12);
});
