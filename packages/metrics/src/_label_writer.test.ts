import fc from "fast-check";
import { expect, test } from "vitest";
import { LabelWriter } from "./_label_writer.ts";

const none: ReadonlySet<string> = new Set();

test("LabelWriter.text() writes labels in one order", () => {
  const writer = new LabelWriter(none);
  expect(writer.text({ "b.x": 1, a: "y", c: true })).toBe('a="y",b_x="1",c="true"');
  expect(writer.text({ c: true, a: "y", "b.x": 1 })).toBe('a="y",b_x="1",c="true"');
  expect(writer.text({})).toBe("");
  expect(writer.ambiguous).toBe(false);
});

test("LabelWriter.text() joins values of keys that become one label, in the order of the keys", () => {
  const writer = new LabelWriter(none);
  expect(writer.text({ "a.b": "1", a_b: "2", "a-b": "3" })).toBe('a_b="3;1;2"');
  expect(writer.ambiguous).toBe(true);
});

test.each([
  ["keys that become one label", [{ "a.b": "1" }, { a_b: "1" }]],
  ["values of two types", [{ a: 1 }, { a: "1" }]],
  ["an empty value", [{ a: "" }]],
])("LabelWriter sees that %s may make two series one", (_, list) => {
  const writer = new LabelWriter(none);
  for (const attributes of list) writer.text(attributes);
  expect(writer.ambiguous).toBe(true);
});

test("LabelWriter.text() moves an attribute aside that has the name of a label of the page", () => {
  const writer = new LabelWriter(new Set(["le", "otel_scope_name"]));
  expect(writer.text({ le: "x", "otel.scope.name": "y" })).toBe(
    'exported_le="x",exported_otel_scope_name="y"',
  );
});

test("LabelWriter.text() escapes quotes, backslashes and line feeds", () => {
  expect(new LabelWriter(none).text({ a: '\\"\n\r' })).toBe('a="\\\\\\"\\n\r"');
});

test("LabelWriter.text() writes a list as JSON", () => {
  expect(new LabelWriter(none).text({ a: ["x", "y"] })).toBe('a="[\\"x\\",\\"y\\"]"');
});

test("LabelWriter.text() gives distinct attributes distinct texts as long as it is not ambiguous", () => {
  const value = fc.oneof(fc.string({ maxLength: 3 }), fc.integer({ min: 0, max: 3 }), fc.boolean());
  const key = fc.oneof(
    fc.constantFrom("a.b", "a_b", "a", "b", "le"),
    fc.string({ minLength: 1, maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(fc.dictionary(key, value, { maxKeys: 4 }), { maxLength: 8 }), (list) => {
      const writer = new LabelWriter(new Set(["le"]));
      const texts = new Map<string, string>();
      for (const attributes of list) {
        const identity = JSON.stringify(
          Object.entries(attributes).sort(([one], [other]) => (one < other ? -1 : 1)),
        );
        const text = writer.text(attributes);
        const other = texts.get(text);
        if (!writer.ambiguous && other !== undefined) expect(other).toBe(identity);
        texts.set(text, identity);
        expect(text).not.toContain("\n");
      }
    }),
  );
});
