import { expect, test } from "vitest";
import { hasIbanChecksum, hasLuhn } from "./_personal_checks.ts";

test.each(["4111111111111111", "378282246310005", "5555555555554444"])("hasLuhn() accepts %s", (n) =>
  expect(hasLuhn(n)).toBe(true),
);
test.each(["4111111111111112", "378282246310006"])("hasLuhn() refuses %s", (n) =>
  expect(hasLuhn(n)).toBe(false),
);
test("hasIbanChecksum() verifies length and checksum", () => {
  expect(hasIbanChecksum("DE89370400440532013000", 22)).toBe(true);
  expect(hasIbanChecksum("DE88370400440532013000", 22)).toBe(false);
  expect(hasIbanChecksum("DE89370400440532013000", 24)).toBe(false);
});
