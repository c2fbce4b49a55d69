import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";

const { redactString, redactValue } = createRedactor({ packs: "all" });

/** Values that people choose and programs draw, among them those that resemble code, paths and templates. */
const VALUES = [
  "hunter2x",
  "Summer7193",
  "falcon(5384)",
  "falcon.monkey",
  "Summer.Password",
  "{zvpohrlc}",
  "%9a30sbob%",
  "env:uhu7yhii38",
  "/letmein981",
  "$ummer24",
  "master[407]",
  "Hor.nvi(4dqKJNjilAaR",
  ")sz<qT)d;A%bq2:!mA3X",
  "gNZogIuvrEqLw",
  "XDMzeySNehYmaIRhIEoRzuYS",
  "Sragonsummer",
  "yourmonkey42",
  "ID|>4dWcl%i&BCn.#g<V",
];
const LABELS = ["password", "DB_PASSWORD", "apiKey", "client_secret", "sessionId"];
const CARRIERS: readonly (readonly [name: string, wrap: (label: string, value: string) => string])[] = [
  ["JSON", (l, v) => JSON.stringify({ [l]: v, a: 1 })],
  ["nested JSON", (l, v) => JSON.stringify({ credentials: { [l]: v, type: "basic" } })],
  ["quotation marks", (l, v) => `${l}: "${v}"`],
  ["inspect", (l, v) => `{ ${l}: '${v.replaceAll("'", "")}', host: 'db' }`],
  ["environment", (l, v) => `export ${l}="${v}"`],
];

for (const [name, wrap] of CARRIERS) {
  test(`redactString() removes values like code, paths and templates after a label (${name})`, () => {
    for (const label of LABELS)
      for (const value of VALUES) {
        const text = wrap(label, value);
        expect(redactString(text), text).not.toContain(value);
      }
  });
}

test("redactString() removes bare values after a label that only resemble code", () => {
  for (const value of VALUES.filter((v) => /^[\w.$%{}:[\]/-]+$/.test(v)))
    for (const text of [
      `password=${value}`,
      `bad password: ${value} for bob`,
      `DB_PASSWORD=${value}\nHOST=db`,
    ])
      expect(redactString(text), text).not.toContain(value);
});

test("redactString() removes cookies, whatever stands around them", () => {
  for (const value of ["pnqg_xnqju717", "sid=pnqg_xnqju717", "lB1Los2FpNVtN2k5"])
    for (const text of [
      `bad cookie: ${value} for bob`,
      `{ cookie: ${value} }`,
      `GET /x?p=1&cookie=${value} 200`,
    ])
      expect(redactString(text), text).not.toContain(value);
});

test("redactValue() removes values like code under the name of a secret", () => {
  for (const value of VALUES) expect(redactValue("db.password", value), value).toBe("[REDACTED]");
});

test("redactString() takes what happened to an account for no proof that the value is a hash", () => {
  const key = `0x${"4f9063db53d9f3b7701001e59da7f36a1b1407a09b137189d3e946b4455d3f57"}`;
  for (const text of [
    `wallet ${key} reverted`,
    `mint by ${key} reverted`,
    `account ${key} was not confirmed`,
  ])
    expect(redactString(text)).not.toContain(key.slice(2));
  for (const text of [`${key} reverted`, `waiting for ${key} to be mined`, `tx ${key} not yet confirmed`])
    expect(redactString(text)).toBe(text);
});

test("redactString() reads past characters that nobody sees", () => {
  const key = "4f9063db53d9f3b7701001e59da7f36a1b1407a09b137189d3e946b4455d3f57";
  for (const invisible of ["\u200b", "\u00ad", "\u2060", "\ufeff"]) {
    const cut = `${key.slice(0, 31)}${invisible}${key.slice(31)}`;
    expect(redactString(`key ${cut} end`)).toBe("key [REDACTED] end");
    expect(redactString(`pass${invisible}word=hunter2x end`)).toBe(`pass${invisible}word=[REDACTED] end`);
    const clean = `Sun${invisible}set, by 0x70997970C51812dc3A010C7d01b50e0d17dc79C8`;
    expect(redactString(clean)).toBe(clean);
  }
});
