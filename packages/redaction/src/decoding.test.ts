import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { drawn } from "./testing/_marked.ts";

const { redactString, redactValue } = createRedactor();
const KEY = `0x${drawn("hex", 64)}`;
const SECRET = "Winter7sun";

/** How one character may be written. */
const ENTITIES: readonly (readonly [name: string, character: string])[] = [
  ["quot", '"'],
  ["apos", "'"],
  ["lt", "<"],
  ["gt", ">"],
  ["nbsp", " "],
  ["Tab", "\t"],
  ["NewLine", "\n"],
];
test.for(ENTITIES)("redactString() ends a value at the entity %s", ([name]) => {
  expect(redactString(`(password: ${SECRET}&${name}; next)`)).toMatch(/^\(password: \[REDACTED\].* next\)$/);
});

const STARTS: readonly (readonly [name: string, character: string])[] = [
  ["colon", ":"],
  ["equals", "="],
];
test.for(STARTS)("redactString() reads the entity %s as a separator", ([name]) => {
  expect(redactString(`password&${name};${SECRET} next`)).toBe(`password&${name};[REDACTED] next`);
});

test("redactString() reads entities of signs in addresses", () => {
  expect(redactString(`https:&sol;&sol;bob:${SECRET}&commat;host.example/x`)).not.toContain(SECRET);
  expect(redactString(`https://mainnet.infura.io&sol;v3&sol;${drawn("hex", 32)}`)).not.toContain(
    drawn("hex", 32),
  );
});

const hex = (text: string, unit: (code: string) => string, digits: number): string =>
  [...text].map((c) => unit(c.charCodeAt(0).toString(16).padStart(digits, "0"))).join("");
const WRITTEN: Readonly<Record<string, (text: string) => string>> = {
  "Unicode escapes": (text) => hex(text, (code) => `\\u${code}`, 4),
  "hexadecimal escapes": (text) => hex(text, (code) => `\\x${code}`, 2),
  "percent codes": (text) => hex(text, (code) => `%${code}`, 2),
  "decimal entities": (text) => [...text].map((c) => `&#${c.charCodeAt(0)};`).join(""),
  "hexadecimal entities": (text) => hex(text, (code) => `&#x${code};`, 2),
  "hexadecimal entities with a capital": (text) => hex(text, (code) => `&#X${code};`, 2),
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  "JSON in JSON": (text) => JSON.stringify(JSON.stringify(text)).slice(1, -1),
  "colours of a terminal": (text) => `\u001b[31m${text}\u001b[0m`,
  "colours that are written out": (text) => `\\u001b[1;31m${text}\\u001b[0m`,
  "colours in C": (text) => `\\033[31m${text}\\e[0m`,
  "colours in a log viewer": (text) => `^[[31m${text}^[[0m`,
  "colours in hexadecimal": (text) => `\\x1b[38;5;1m${text}\\x1B[0m`,
  "colours in braces": (text) => `\\u{1b}[31m${text}\\u{1B}[0m`,
};
test.for(Object.entries(WRITTEN))(
  "redactString() finds a key in %s, and a password after its label",
  ([, write]) => {
    expect(redactString(`got ${write(`a ${KEY} b`)} here`).toLowerCase()).not.toContain(
      write(KEY).slice(4, 40).toLowerCase(),
    );
    const out = redactString(`got ${write(`password: ${SECRET}, x`)} here`);
    expect(out).not.toContain(write(SECRET));
    expect(out.startsWith("got ")).toBe(true);
    expect(out.endsWith(" here")).toBe(true);
  },
);

test.for([0xad, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff])(
  "redactString() reads past the character %i that has no width",
  (code) => {
    const mark = String.fromCharCode(code);
    expect(redactString(`got ${KEY.slice(0, 20)}${mark}${KEY.slice(20)} here`)).toBe("got [REDACTED] here");
    expect(redactString(`pass${mark}word: ${SECRET} here`)).toBe(`pass${mark}word: [REDACTED] here`);
  },
);

test("redactString() reads percent codes of characters beyond ASCII, and leaves what is no code", () => {
  for (const name of ["contraseña", "пароль", "密码"])
    expect(redactString(`${encodeURIComponent(name)}=${SECRET}&x=1`)).toBe(
      `${encodeURIComponent(name)}=[REDACTED]&x=1`,
    );
  for (const text of [
    "100%",
    "%zz %f %e7%81",
    "%c3%28",
    "%80",
    "%f7%bf%bf%bf",
    "&;",
    "&#;",
    "&#0;",
    "&#x110000;",
    "&nothing;",
    "\\",
  ])
    expect(redactString(`${text} and`)).toBe(`${text} and`);
  expect(redactString(`%e7%a7%81%f0%9f%98%80 password%3a${SECRET}`)).toBe(
    "%e7%a7%81%f0%9f%98%80 password%3a[REDACTED]",
  );
});

test("redactString() removes a secret from any text around it in any of these layers, and leaves the text", () => {
  const around = fc.stringMatching(/^[a-z0-9 ,.;()%&\\"'/-]{0,20}$/);
  const write = fc.constantFrom<(text: string) => string>(
    (text) => JSON.stringify({ v: text }),
    (text) => encodeURIComponent(text),
    (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;"),
    (text) => JSON.stringify({ v: JSON.stringify({ w: text }) }),
  );
  fc.assert(
    fc.property(around, around, write, (before, after, encode) => {
      const text = encode(`${before} ${KEY} ${after}`);
      const at = text.indexOf(KEY);
      expect(redactString(text)).toBe(`${text.slice(0, at)}[REDACTED]${text.slice(at + KEY.length)}`);
    }),
    { seed: 3 },
  );
});

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const ENCODED: Readonly<Record<string, (text: string) => string>> = {
  base64,
  "base64 without padding": (text) => base64(text).replace(/=+$/, ""),
  "base64 for URLs": (text) => Buffer.from(text).toString("base64url"),
  "hexadecimal digits": (text) => Buffer.from(text).toString("hex"),
  "a list of bytes": (text) => [...Buffer.from(text)].join(", "),
  "base64 of base64": (text) => base64(`{"x":"${base64(text)}"}`),
  "lines of base64": (text) => base64(text.padEnd(200, " .")).replace(/.{64}/g, "$&\n"),
};
test.for(Object.entries(ENCODED))(
  "redactString() removes %s that holds a secret, and keeps one that holds none",
  ([, encode]) => {
    for (const text of [
      `{"a":"é","password":"${SECRET}"}`,
      `note: key ${KEY} of the mint`,
      `\u001b[31mpassword: ${SECRET}\n`,
    ])
      expect(redactString(`got ${encode(text)} here`)).toBe("got [REDACTED] here");
    const clean = encode('{"a":"é","order":"order-42 of the mint"}');
    expect(redactString(`got ${clean} here`)).toBe(`got ${clean} here`);
  },
);

test("redactString() removes what is encoded more often than it reads", () => {
  const deep = [1, 2, 3, 4, 5].reduce((text) => base64(`{"x":"${text}"}`), `password: ${SECRET} of the mint`);
  expect(redactString(`got ${deep} here`)).toBe("got [REDACTED] here");
  const { redactString: shallow } = createRedactor({ limits: { maxDepth: 1 } });
  expect(shallow(`got ${base64(`{"x":"${base64(base64("order-42 of the whole mint"))}"}`)} here`)).toBe(
    "got [REDACTED] here",
  );
  expect(shallow(`got ${base64("order-42 of the whole mint")} here`)).toContain(
    base64("order-42 of the whole mint"),
  );
});

test("redactValue() looks for text in bytes", () => {
  const text = Buffer.from(`{"password":"${SECRET}"}`);
  expect(redactValue("input", text)).toBe("[REDACTED]");
  const clean = Buffer.from('{"order":"order-42"}');
  expect(redactValue("input", clean)).toBe(clean);
});
