import fc from "fast-check";
import { expect, test } from "vitest";
import { ByteWriter } from "./_byte_writer.ts";

function textOf(chunks: readonly Uint8Array[]): string {
  return Buffer.concat(chunks).toString("utf8");
}

test("ByteWriter writes what was given, whatever it is, in chunks", () => {
  const part = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.double(),
    fc.integer(),
    fc.nat(),
    fc.constant(null),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 50 }), (parts) => {
      const out = new ByteWriter();
      let wanted = "";
      for (const each of parts) {
        if (each === null) out.endLine();
        else if (typeof each === "number") out.value(each);
        else out.text(each);
        const number = each === Infinity ? "+Inf" : each === -Infinity ? "-Inf" : String(each);
        wanted += each === null ? "\n" : typeof each === "number" ? number : each;
      }
      expect(textOf(out.rest())).toBe(Buffer.from(wanted).toString("utf8"));
    }),
  );
});

test.each([0, 9, 10, 99, 100, 999_999_999, 1_000_000_000, 2 ** 53, -1, 0.1, 1e21, -0])(
  "ByteWriter.value() writes %d as JavaScript does",
  (value) => {
    const out = new ByteWriter();
    out.value(value);
    expect(textOf(out.rest())).toBe(String(value));
  },
);

test("ByteWriter hands out full chunks, and the whole in order", () => {
  const out = new ByteWriter();
  const full: Uint8Array[] = [];
  let wanted = "";
  for (let i = 0; i < 20_000; i++) {
    const text = `line ${i} \u00e9`;
    out.text(text);
    out.endLine();
    wanted += `${text}\n`;
    full.push(...out.full());
  }
  expect(full.length).toBeGreaterThan(3);
  expect(full.every((chunk) => chunk.length > 60_000 && chunk.length <= 65_536)).toBe(true);
  expect(textOf([...full, ...out.rest()])).toBe(wanted);
});

test("ByteWriter takes a text that is larger than a chunk", () => {
  const out = new ByteWriter();
  out.text("a");
  out.text("\u65e5".repeat(100_000));
  out.value(7);
  expect(textOf(out.rest())).toBe(`a${"\u65e5".repeat(100_000)}7`);
});
