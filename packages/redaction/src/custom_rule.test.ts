import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";

test("createRedactor() applies literals, globs and regular expressions of the user", () => {
  const { redactString } = createRedactor({
    rules: [
      { id: "codename", match: "Project Nightjar" },
      { id: "ticket", match: "TCK-*", standIn: "[ticket]" },
      { id: "batch", match: /B\d{4}/ },
    ],
  });
  expect(redactString("Project Nightjar TCK-99a, B1234 ok")).toBe("[REDACTED] [ticket] [REDACTED] ok");
});

test("createRedactor() refuses a regular expression whose run time may explode, and says why", () => {
  expect(() => createRedactor({ rules: [{ id: "bad", match: /(a+)+$/ }] })).toThrow(
    "Cannot add the redaction rule 'bad' as 'match' must run in linear time, without nested or adjoining repetition and without back references: current value is /(a+)+$/",
  );
});

test("createRedactor() refuses a glob without a literal part and a rule without a name", () => {
  expect(() => createRedactor({ rules: [{ id: "all", match: "**" }] })).toThrow(/must hold a literal part/);
  expect(() => createRedactor({ rules: [{ id: "", match: "x" }] })).toThrow(/'id' must not be empty/);
});

test("createRedactor() finds a match of the user beyond the first slice of a long text", () => {
  const { redactString } = createRedactor({ rules: [{ id: "ticket", match: /TCK-\d{4}/ }] });
  for (const at of [0, 3580, 4090, 4100, 9000]) {
    const text = `${"x ".repeat(at / 2)}TCK-1234 end`;
    expect(redactString(text)).toBe(`${"x ".repeat(at / 2)}[REDACTED] end`);
  }
});
