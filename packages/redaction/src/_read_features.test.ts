import fc from "fast-check";
import { expect, test } from "vitest";
import {
  HAS_AT,
  HAS_BORDER,
  HAS_COUNTRY,
  HAS_CRYPT,
  HAS_ESCAPE,
  HAS_FIELDS,
  HAS_FLAG,
  HAS_GROUPS,
  HAS_HALF,
  HAS_HEX,
  HAS_JOINT,
  HAS_LABEL,
  HAS_LIST,
  HAS_LONG_NUMBER,
  HAS_NON_ASCII,
  HAS_NUMBER,
  HAS_PERSON,
  HAS_QUOTE,
  HAS_RUN,
  HAS_SEPARATOR,
  HAS_SPACE,
  HAS_TOOL,
  HAS_URL,
  HAS_WORDS,
} from "./_features.ts";
import { features, labelStretch } from "./_read_features.ts";

const KEY = "4f9063db53d9f3b7701001e59da7f36a1b1407a09b137189d3e946b4455d3f57";
const PHRASE = "zoo abandon ability able about above absent absorb";

/** Texts that must have a feature. */
const PRESENT: readonly (readonly [flag: number, name: string, texts: readonly string[]])[] = [
  [HAS_SEPARATOR, "separator", ["a:b", "a=b"]],
  [HAS_AT, "at", ["jo@example.com"]],
  [HAS_ESCAPE, "escape", ["a\\nb", "a%20b", "a&amp;b"]],
  [HAS_NON_ASCII, "non-ASCII", ["é", "a long text of more than twenty characters é", "пароль"]],
  [HAS_RUN, "run", ["sk_live_4eC39HqLyjWDarjtT1zdp7dc", `tx ${"aB3x".repeat(4)}`, "AKIAIOSFODNN7EXAMPLE"]],
  [HAS_NUMBER, "number", ["+1 555 123 4567", "(555) 123-4567", "phone: 555 123 4567"]],
  [HAS_LONG_NUMBER, "long number", ["4111 1111 1111 1111", "078-05-1120"]],
  [HAS_COUNTRY, "country", ["DE89 3704", "to XK051212012345678906"]],
  [
    HAS_WORDS,
    "words",
    [PHRASE, PHRASE.toUpperCase(), PHRASE.replaceAll(" ", ", "), PHRASE.replaceAll(" ", "\n")],
  ],
  [HAS_SPACE, "space", ["a b", "a\tb", "a\nb"]],
  [HAS_QUOTE, "quote", ['"a"', "'a'", "`a`"]],
  [HAS_HEX, "hexadecimal", [KEY, `0x${KEY}`, `wallet0x${KEY}`, `${KEY.slice(0, 41)}`, KEY.toUpperCase()]],
  [HAS_URL, "URL", ["https://a.example", "/v3/key", "mainnet.infura.io/v3"]],
  [HAS_LIST, "list", ["1,".repeat(15)]],
  [HAS_GROUPS, "groups", ["4f 90 63 db", "0x4f90 0x63db 0x53d9 0xf3b7", "4f:90:63:db", "zz 4f 90 63 db"]],
  [
    HAS_LABEL,
    "label",
    [
      "password: x",
      "apiKey=x",
      "passWord x",
      "API_KEY: x",
      "acmepassword=x",
      "my secret x",
      "Benutzerpasswort: x",
    ],
  ],
  [HAS_FLAG, "flag", ["mysql -p"]],
  [HAS_BORDER, "border", ["<a", "a|b", "a#b"]],
  [HAS_JOINT, "joint", ["4f9063db 53d9", '"4f9063db" + "53d9f3b7"', "0X4f9063db\n53d9", "4f9063db\\\n53d9"]],
  [HAS_HALF, "half", [KEY.slice(0, 32), `half: 0x${KEY.slice(32)}`]],
  [HAS_CRYPT, "crypt", ["$2b$12$abc"]],
  [HAS_FIELDS, "fields", ["host:5432:db:user:x"]],
  [HAS_TOOL, "tool", ["vault login x", "Vault login x", "logIn as a/b"]],
  [HAS_PERSON, "person", ["passport X123", "call 555", "telephone 555"]],
];

for (const [flag, name, texts] of PRESENT) {
  test(`features() notices: ${name}`, () => {
    expect(texts.filter((text) => (features(text) & flag) === 0)).toEqual([]);
  });

  test(`features() notices the same in the middle of a long text: ${name}`, () => {
    // A path at the start and the end of a text are places of their own.
    const inner = texts.filter((text) => text !== "/v3/key");
    for (const text of inner)
      expect(features(`the minter says (${text}) and waits for it`) & flag).not.toBe(0);
  });
}

test("features() finds nothing in what clean traces mostly hold", () => {
  const clean = [
    "eth_call",
    "confirmed",
    "polygon",
    "nft_minting.blockchain_mint",
    "u-42",
    "4821",
    "safeMint",
    "node7",
  ];
  expect(clean.map(features)).toEqual(clean.map(() => 0));
});

test("features() reads no more than the text when a longer one was read before", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc.string({ maxLength: 200 }),
      (text, before) => {
        const alone = features(text);
        features(`${before} password: ${KEY} ${PHRASE}`);
        expect(features(text)).toBe(alone);
      },
    ),
  );
});

test("features() reads a text that is longer than its buffer", () => {
  for (const size of [4095, 4096, 4097, 300_000]) {
    const text = `${"x ".repeat(size / 2)}password: hunter2`;
    expect(features(text) & HAS_LABEL).toBe(HAS_LABEL);
    expect(features(`é${text}`) & (HAS_LABEL | HAS_NON_ASCII)).toBe(HAS_LABEL | HAS_NON_ASCII);
  }
});

test("labelStretch() reaches from the first label to the last", () => {
  const text = "with a password and then a token, and no more";
  features(text);
  const [from, to] = labelStretch(text);
  expect(text.slice(from, to)).toBe("password and then a token");
});

test("labelStretch() is the whole text where labels may be in any script", () => {
  const text = "пароль and a token";
  features(text);
  expect(labelStretch(text)).toEqual([0, text.length]);
});
