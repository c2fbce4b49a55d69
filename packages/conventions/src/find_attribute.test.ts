import fc from "fast-check";
import { expect, test } from "vitest";
import { ATTRIBUTES } from "./attributes.ts";
import { findAttribute } from "./find_attribute.ts";

test("findAttribute() finds every attribute by its name", () => {
  for (const attribute of ATTRIBUTES) expect(findAttribute(attribute.name)).toBe(attribute);
});

test.each(["", "tx", "tx.hash ", "TX.HASH", "toString", "__proto__", "constructor"])(
  "findAttribute() does not know %j",
  (name) => {
    expect(findAttribute(name)).toBeUndefined();
  },
);

test("findAttribute() finds an entry only by one of its names, whatever it is asked for", () => {
  const name = fc.oneof(
    fc.string(),
    fc.constantFrom("hasOwnProperty", ...ATTRIBUTES.map((attribute) => attribute.name)),
  );
  fc.assert(
    fc.property(name, (name) => {
      const found = findAttribute(name);
      if (found !== undefined) expect([found.name, ...(found.aliases ?? [])]).toContain(name);
    }),
  );
});
