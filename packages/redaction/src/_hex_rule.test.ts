import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { drawn } from "./testing/_marked.ts";

const { redactString, redactValue } = createRedactor();
const HEX = drawn("hex", 130);
const cut = (size: number, prefix = "0x"): string => prefix + HEX.slice(0, size);
const kept = (text: string): void => expect(redactString(text)).toBe(text);

test("redactString() removes digits as long as a key, or nearly, and keeps other lengths", () => {
  for (const size of [62, 63, 64, 65, 66]) {
    expect(redactString(`got ${cut(size)} here`)).toBe("got [REDACTED] here");
    expect(redactString(`got ${cut(size, "")} here`)).toBe("got [REDACTED] here");
  }
  for (const size of [8, 16, 32, 40, 41, 48, 56, 60, 61, 67, 68, 72, 96, 100]) kept(`got ${cut(size)} here`);
  kept(`got 02${HEX.slice(0, 64)} here`);
  kept(`got 03${HEX.slice(0, 64)} here`);
  expect(redactString(`got 04${HEX.slice(0, 64)} here`)).toBe("got [REDACTED] here");
});

test("redactString() removes a key that is cut at the end of its text, but for what is as long as something else", () => {
  for (const size of [41, 44, 50, 55, 58, 60]) {
    for (const end of ["", '"', "...", "…", "'}", ") ."])
      expect(redactString(`got ${cut(size)}${end}`)).toBe(`got [REDACTED]${end}`);
    kept(`got ${cut(size)} more`);
    kept(`got ${cut(size, "")}`);
  }
  for (const size of [40, 48, 56]) kept(`got ${cut(size)}`);
  kept(`got x${cut(44)}Z`);
});

test("redactString() keeps padded words and well-known constants, and removes them after the label of a secret", () => {
  const ones = "f".repeat(64);
  for (const hex of [
    "0".repeat(64),
    `${"0".repeat(24)}${HEX.slice(0, 40)}`,
    `${HEX.slice(0, 40)}${"0".repeat(24)}`,
    ones,
    `${HEX.slice(0, 44)}${"1".repeat(20)}`,
  ]) {
    kept(`got 0x${hex} here`);
    expect(redactString(`private key 0x${hex} here`)).toBe("private key [REDACTED] here");
  }
  // keccak256 of nothing.
  kept("got 0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470 here");
});

test("redactString() removes seeds of 64 bytes only after the label of a secret", () => {
  for (const size of [128, 130]) {
    const { redactString: keep } = createRedactor({ signatures: "keep" });
    expect(keep(`master seed ${cut(size)} here`)).toBe("master seed [REDACTED] here");
    expect(keep(`got ${cut(size)} here`)).toBe(`got ${cut(size)} here`);
  }
});

test("redactString() removes signatures by their last byte, and those that are called so", () => {
  const body = HEX.slice(0, 128);
  for (const v of ["00", "01", "1b", "1c", "1f", "20", "25", "26", "28"]) {
    expect(redactString(`got 0x${body}${v} here`)).toBe("got [REDACTED] here");
    expect(redactString(`got 0x${(body + v).repeat(3)} here`)).toBe("got [REDACTED] here");
  }
  expect(redactString(`got 0x${body} here`)).toBe("got [REDACTED] here");
  for (const v of ["02", "1a", "2a", "ff"]) {
    kept(`got 0x${body}${v} here`);
    for (const word of ["sig", "signature", "sigs", "signed", "permit", "Signature"])
      expect(redactString(`${word}: 0x${body}${v} x`)).toBe(`${word}: [REDACTED] x`);
  }
  kept(`got 0x04${HEX.slice(0, 128)} here`);
  expect(redactString(`signature 0x04${HEX.slice(0, 128)} here`)).toBe("signature [REDACTED] here");
  for (const size of [126, 132, 134]) {
    expect(
      redactString(`signature ${cut(Math.min(size, 130))}${"ab".repeat(Math.max(0, size - 130) / 2)} here`),
    ).toBe("signature [REDACTED] here");
  }
  kept(`got 0x${body.slice(0, 60)}${"0".repeat(16)}${body.slice(76)}1b here`);
  kept(`bytecode: 0x${body}1b`);
  expect(redactValue("permit", `0x${body}ff`)).toBe("[REDACTED]");
});

test("redactString() puts a key together whose pieces stand apart as nothing else does", () => {
  const key = HEX.slice(0, 64);
  const at = (size: number): [string, string] => [key.slice(0, size), key.slice(size)];
  for (const joint of [
    "\n",
    "\r\n",
    "\n    ",
    "\\\n",
    '" +\n "',
    "' . '",
    '","'.replace(",", " & "),
    "` `",
    " ",
  ]) {
    const [a, b] = at(30);
    expect(redactString(`got 0x${a}${joint}${b} here`), joint).toBe("got [REDACTED] here");
    expect(redactString(`secret key: ${a}${joint}${b} here`), joint).not.toContain(b);
  }
  for (const word of [
    "first half",
    "upper part",
    "left_piece",
    "1st-chunk",
    "half 1",
    "part one",
    "share a",
    "piece #1 of 2",
  ]) {
    const [a, b] = at(32);
    const other = word
      .replace("first", "second")
      .replace("upper", "lower")
      .replace("left", "right")
      .replace("1st", "2nd")
      .replace(/\b1\b/, "2")
      .replace("one", "two")
      .replace(/ a$/, " b");
    expect(redactString(`${word}: ${a}, ${other} = "0x${b}"`)).toBe(
      `${word}: [REDACTED], ${other} = "0x[REDACTED]"`,
    );
    kept(`${word}: ${a}, x`);
  }
  const [a, b] = at(32);
  for (const text of [
    `trace ${a}\n${b}`,
    `${key.slice(0, 24)}\n${key.slice(24)}`,
    `0x${key.slice(0, 40)} ${key.slice(40)}`,
    `block hash 0x${key.slice(0, 30)}\n${key.slice(30)}`,
  ])
    kept(text);
});

test("redactString() removes any key from any text of words around it", () => {
  const word = fc.stringMatching(/^[g-z]{1,8}$/);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100000 }),
      word,
      word,
      fc.constantFrom("", "0x"),
      (seed, before, after, prefix) => {
        fc.pre(!/^(?:tx|txs|txn|root|roots|slot|topic|no|proof|uid|x)$/.test(before));
        expect(redactString(`${before} q ${prefix}${drawn("hex", 64, seed)} q ${after}`)).toBe(
          `${before} q [REDACTED] q ${after}`,
        );
      },
    ),
    { seed: 17 },
  );
});
