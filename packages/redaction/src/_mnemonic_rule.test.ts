import { validateMnemonic } from "@scure/bip39";
import { wordlist as english } from "@scure/bip39/wordlists/english.js";
import { wordlist as french } from "@scure/bip39/wordlists/french.js";
import { wordlist as spanish } from "@scure/bip39/wordlists/spanish.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { drawn } from "./testing/_marked.ts";

const { redactString, redactValue } = createRedactor();

/** Words of a list, drawn; the last one completes the checksum if it shall hold. */
function words(size: number, seed: number, valid = true, list: readonly string[] = english): string[] {
  const picked = Array.from(
    { length: size },
    (_, i) => list[Number.parseInt(drawn("hex", 3, seed * 50 + i + 1), 16) % 2048] ?? "",
  );
  if (!valid) return picked;
  const last = list.find((word) => validateMnemonic([...picked.slice(0, -1), word].join(" "), [...list]));
  return [...picked.slice(0, -1), last ?? ""];
}

const SEPARATORS: Readonly<Record<string, string>> = {
  spaces: " ",
  "two spaces": "  ",
  commas: ", ",
  "commas without spaces": ",",
  hyphens: "-",
  underscores: "_",
  "line breaks": "\n",
  "quotation marks": '","',
  "full stops": ".",
  slashes: " / ",
  bars: "|",
  "plus signs": "+",
  semicolons: "; ",
  tags: "</li><li>",
  "percent codes": "%20",
};

for (const [name, separator] of Object.entries(SEPARATORS)) {
  test(`redactString() removes a phrase with a checksum that holds, its words parted by ${name}`, () => {
    for (const size of [12, 15, 18, 21, 24]) {
      const phrase = words(size, size).join(separator);
      expect(redactString(`got "${phrase}" (3)`)).toBe(`got "[mnemonic ${size}w]" (3)`);
    }
  });
}

test("redactString() removes twelve list words in a row, whatever their checksum", () => {
  for (const seed of [1, 2, 3]) {
    const phrase = words(12, seed, false);
    expect(redactString(`got ${phrase.join(" ")} (3)`)).toBe("got [mnemonic 12w] (3)");
    expect(redactString(`got ${phrase.join(" ").toUpperCase()} (3)`)).toBe("got [mnemonic 12w] (3)");
    const eight = phrase.slice(0, 8).join(" ");
    expect(redactString(`got ${eight} (3)`)).toBe(`got ${eight} (3)`);
  }
});

const CONTEXT = [
  "mnemonic",
  "seed",
  "phrase",
  "recovery",
  "backup words",
  "secret words",
  "wallet words",
  "bip39",
  "bip-39",
  "keyring",
];
test.for(CONTEXT)("redactString() removes ten words where the text speaks of %s", (word) => {
  const ten = words(10, 4, false).join(" ");
  expect(redactString(`${word} (a): ${ten} (3)`)).not.toContain(ten.slice(0, 30));
  expect(redactString(`menu (a): ${ten} (3)`)).toBe(`menu (a): ${ten} (3)`);
});

test("redactString() removes phrases that are numbered, framed or masked in part", () => {
  const list = words(12, 5, false);
  expect(redactString(`got ${list.map((word, i) => `${i + 1}. ${word}`).join(" ")} (x)`)).toBe(
    "got 1. [mnemonic 12w] (x)",
  );
  expect(redactString(`got ${list.map((word, i) => `${i}: ${word}`).join("\n")} (x)`)).toBe(
    "got 0: [mnemonic 12w] (x)",
  );
  expect(redactString(`[${list.map((word) => `{"word":"${word}"}`).join(",")}]`)).not.toContain(list[4]);
  expect(
    redactString(list.map((word, i) => `<input name="w[${i}]" value="${word}">`).join("")),
  ).not.toContain(`"${list[4]}"`);
  expect(redactString(list.map((word) => `<li class="w"><b>${word}</b></li>`).join("\n"))).not.toContain(
    `>${list[4]}<`,
  );
  for (const mask of ["***", "????", "____", "...", "…", "███", "<>", "[_]", "()"]) {
    const masked = list.with(6, mask).join(" ");
    expect(redactString(`got ${masked} (3)`), mask).toBe("got [mnemonic 12w] (3)");
  }
});

test("redactString() takes a mistyped word along with a phrase, and a word that was cut at the end", () => {
  const list = words(13, 6, false);
  const mistyped = `${list[6]?.slice(0, -1) ?? ""}q`;
  expect(redactString(`${list.with(6, mistyped).join(" ")} (3)`)).toBe("[mnemonic 13w] (3)");
  expect(redactString(`${words(11, 6, false).join(" ")} aban`)).toBe("[mnemonic 11w]");
  expect(redactString(words(9, 6, false).join(" "))).toBe("[mnemonic 9w]");
});

test("redactString() removes phrases of other languages", () => {
  for (const list of [french, spanish]) {
    const phrase = words(12, 7, true, list).join(" ");
    expect(redactString(`got ${phrase} (3)`)).toBe("got [mnemonic 12w] (3)");
    expect(redactString(`got ${phrase.normalize("NFC")} (3)`)).toBe("got [mnemonic 12w] (3)");
    expect(redactString(`got ${phrase.replaceAll(" ", ", ")} (3)`)).toBe("got [mnemonic 12w] (3)");
  }
});

const TAGS = ["tags", "keywords", "category", "genre", "labels", "traits"];
test.for(TAGS)("redactValue() keeps list words in the lists of %s", (key) => {
  const list = words(12, 8, false).join(", ");
  expect(redactValue(key, list)).toBe(list);
  expect(redactValue(`${key}.seed`, list)).not.toBe(list);
});

test("redactValue() removes a phrase of one word a member, and keeps other lists", () => {
  for (const size of [9, 12, 24]) {
    expect(redactValue("input", words(Math.max(size, 12), 9))).toBe("[REDACTED]");
    expect(redactValue("seed", words(size + 1, 9, false))).toBe("[REDACTED]");
  }
  const objects = words(12, 9).map((word, index) => ({ index, word }));
  expect(redactValue("input", objects)).toBe("[REDACTED]");
  for (const list of [
    words(8, 9, false),
    words(12, 9).map((word) => `${word} ${"x".repeat(30)}`),
    ["a", "b", "c", "d", "e", "f", "g", "h", "i"],
  ])
    expect(redactValue("input", list)).toBe(list);
  const mixed = words(12, 9).map((word, i) => (i === 4 ? { a: "x", b: "y" } : word));
  expect(redactValue("input", mixed)).toEqual(mixed);
});

test("redactString() keeps a vocabulary and a long run of list words in other texts as it is or removes it whole", () => {
  const many = [...english.slice(0, 60)].join(", ");
  expect(redactString(`words: ${many}`)).toBe(`words: ${many}`);
});

test("redactString() removes any valid phrase from any place in a sentence of numbers", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4000 }), fc.constantFrom(12, 15, 18, 21, 24), (seed, size) => {
      expect(redactString(`(1) ${words(size, seed).join(" ")} (2)`)).toBe(`(1) [mnemonic ${size}w] (2)`);
    }),
    { seed: 2, numRuns: 40 },
  );
});
