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
