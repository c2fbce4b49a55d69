import { validateMnemonic } from "@scure/bip39";
import { wordlist as english } from "@scure/bip39/wordlists/english.js";
import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";

const { redactString } = createRedactor();
/** Words of the English list that are labels of secrets, or parts of them. */
const LABELS = ["seed", "secret", "key", "token", "private", "code", "sign", "lock"];

/** A phrase with a checksum that holds, and a certain word in it. */
function phraseWith(label: string, at: number): string {
  const others = english.filter((word) => word.length > 4).slice(100 + at, 123 + at);
  others.splice(at, 0, label);
  const free = at === 23 ? 22 : 23;
  const last = english.find((word) => validateMnemonic(others.with(free, word).join(" "), english));
  return others.with(free, last ?? "").join(" ");
}

for (const label of LABELS) {
  test(`redactString() takes nothing along from around a phrase with the word "${label}" in it`, () => {
    for (let at = 0; at < 24; at++) {
      const phrase = phraseWith(label, at);
      expect(redactString(`could not use ${phrase} for order 42`), phrase).toBe(
        "could not use [mnemonic 24w] for order 42",
      );
    }
  });
}

test("redactString() keeps the words of a sentence that are list words beside a whole phrase", () => {
  const phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";
  expect(redactString(`could not use ${phrase} input 3`)).toBe("could not use [mnemonic 12w] input 3");
  // Without a checksum nothing tells them apart.
  expect(redactString(`could not use ${phrase.replace("yellow", "year")}`)).toBe("could not [mnemonic 13w]");
});

test("redactString() still reads a label before a phrase, and one after it", () => {
  expect(redactString(`seed phrase: ${phraseWith("seed", 3)}, password hunter2x given`)).toBe(
    "seed phrase: [mnemonic 24w], password [REDACTED] given",
  );
});

test("redactString() keeps a last word after a phrase that is whole without it", () => {
  expect(redactString(`refused ${phraseWith("seed", 3)} here`)).toBe("refused [mnemonic 24w] here");
  // Cut, it may be the beginning of the next word.
  expect(redactString(`refused ${phraseWith("seed", 3).split(" ").slice(0, 17).join(" ")} aba`)).toBe(
    "refused [mnemonic 17w]",
  );
});

test("createRedactor() takes no token for the name of what follows it in a list", () => {
  const items = ["first", "ghp_ApkjPwKekSidOtpLCNTPueNMmPfn6SJmPWFqiai", "last"];
  expect(createRedactor().redactValue("items", items)).toEqual(["first", "[REDACTED]", "last"]);
});

test("createRedactor() takes a word that a phrase holds often for no frame around it", () => {
  const phrase = `${"abandon ".repeat(8)}grief acoustic scale about`;
  const { redactString } = createRedactor();
  expect(redactString(`wrong input [${phrase}] in step two`)).toBe(
    "wrong input [[mnemonic 12w]] in step two",
  );
});
