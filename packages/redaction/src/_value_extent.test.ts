import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { marked } from "./testing/_marked.ts";

const { redactString } = createRedactor();

/** Where a value begins and where it ends. */
const EXTENTS: Readonly<Record<string, string>> = {
  bare: "password: «Winter7sun» next",
  "after a tab": "password:\t«Winter7sun» next",
  "after a space that does not break": "password:\u00a0«Winter7sun» next",
  "at the end": "password: «Winter7sun»",
  "with signs in it": "password: «Win.ter,7;s&un!x?y:z)q» next",
  "before a full stop": "password: «Winter7sun». Next",
  "before a comma": "password: «Winter7sun», next",
  "before a semicolon": "password: «Winter7sun»; next",
  "before three full stops": "password: «Winter7sun»... next",
  "before a question mark": "was the password: «Winter7sun»? Next",
  "before the next parameter": "password=«Winter7sun»&page=2",
  "before the next pair after a semicolon": "password=«Winter7sun»;page=2",
  "before the next pair after a comma": "password=«Winter7sun»,page=2",
  "before a bracket that closes": "(password: «Winter7sun») next",
  "before a brace that closes": "{password: «Winter7sun»} next",
  "before a bar": "x|password: «Winter7sun»| next",
  "with a bracket in it": "password: «Win)ter7sun» next",
  "before a quotation mark": `say "password: «Winter7sun»" next`,
  "before an angle bracket": "<p>password: «Winter7sun»</p>",
  "before an escaped line break": "password: «Winter7sun»\\nnext",
  "before an escaped quotation mark": '{\\"a\\":\\"password: «Winter7sun»\\"}',
  "before a control character": "password: «Winter7sun»\u0007next",
  "before an emoji": "password: «Winter7sun»😀 next",
  "before a wide comma": "password: «Winter7sun»，next",
  "before an ideographic full stop": "password: «Winter7sun»。next",
  "in double quotation marks": 'password: "«Winter 7, sun; x=y»" next',
  "in single quotation marks": "password: '«Winter 7 sun»' next",
  "in back ticks": "password: `«Winter 7 sun»` next",
  "in quotation marks with an escaped one": 'password: "«Win\\"ter 7»" next',
  "in escaped quotation marks": '{\\"password\\":\\"«Winter 7»\\",\\"x\\":1}',
  "in escaped quotation marks with one escaped twice": '{\\"password\\":\\"«Win\\\\\\"ter 7»\\",\\"x\\":1}',
  "in quotation marks that never close": 'password: "«Winter 7 sun',
  "with a doubled apostrophe": "password: 'it''s 7' next".replace("it''s 7", "«it''s 7»"),
  "with an empty text before another": "password: '' next",
  "after a bullet": "password: •«Winter7sun» next",
  "after an emoji": "password: 🔑«Winter7sun» next",
  "in French quotation marks": "password: «Winter7sun» next"
    .replace("«", "\u00ab«")
    .replace("» n", "»\u00bb n"),
  "of bytes in Python": "password: b'«Winter 7»' next",
  "of a raw text in Python": 'password: rb"«Winter 7»" next',
  "of an escaped text of a shell": "password: $'«Winter 7»' next",
  "in a list": 'password: «["Winter", "sun"]» next',
  "in an object": 'password: «{"a":{"b":"Winter7"}}» next',
  "in a list that never closes": 'password: «["Winter", "sun"',
  "after two equals signs": "password == «Winter7sun» next",
  "after an arrow": "password => «Winter7sun» next",
  "after a colon and an equals sign": "password := «Winter7sun» next",
  "after a wide colon": "password：«Winter7sun» next",
  "after a wide equals sign": "password＝«Winter7sun» next",
};

test.for(Object.entries(EXTENTS))("redactString() takes a value no further than it goes: %s", ([, text]) => {
  const isOpen = text.includes("«") && !text.includes("»");
  const { given, left } = marked(isOpen ? `${text}»` : text);
  const french = text.includes("\u00ab«");
  expect(redactString(french ? "password: \u00abWinter7sun\u00bb next" : given)).toBe(
    french ? "password: \u00ab[REDACTED]\u00bb next" : left,
  );
});

const LINES = ["Authorization", "proxy-authorization", "Cookie", "set-cookie", "X-Forwarded-Authorization"];
test.for(LINES)("redactString() takes the rest of the line after the header %s", (name) => {
  for (const [end, after] of [
    ["\n", "Host: x.example"],
    ["\r\n", "Host: x.example"],
    ['"', ", next"],
    ["<", "br>"],
    ["", ""],
  ])
    expect(redactString(`> ${name}: a=Winter7; b=sun, c${end}${after}`)).toBe(
      `> ${name}: [REDACTED]${end}${after}`,
    );
});

test("redactString() takes a scheme and the value after it", () => {
  for (const scheme of [
    "Bearer",
    "Basic",
    "Digest",
    "Token",
    "ApiKey",
    "Negotiate",
    "AWS4-HMAC-SHA256",
    "bearer",
  ])
    expect(redactString(`{secret: ${scheme} Winter7sun, next: 1}`)).toBe("{secret: [REDACTED], next: 1}");
  expect(redactString("secret: Winter sun")).toBe("secret: [REDACTED] sun");
});

test("redactString() reads the answer to a prompt in the next line", () => {
  for (const text of [
    "Password:\n«Winter7»\nok",
    "Password: \r\n  «Winter7»\r\nok",
    "Enter password:\n\t«Winter7»",
  ]) {
    const { given, left } = marked(text);
    expect(redactString(given)).toBe(left);
  }
  for (const text of [
    "Password:\nWinter7 is wrong",
    "Password:\nwinter\nok",
    "Password:\n\nWinter7\nok",
    "password=\nWinter7\nok",
  ])
    expect(redactString(text)).toBe(text);
});

test("redactString() removes a value in quotation marks whatever it holds, and nothing after it", () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 24 }),
      fc.constantFrom("password", "apiKey", "client_secret"),
      (value, key) => {
        const secret = `q7${value}Z`;
        const out = redactString(`${JSON.stringify({ a: 1, [key]: secret, page: 2 })} end`);
        expect(out).toBe(`{"a":1,"${key}":"[REDACTED]","page":2} end`);
      },
    ),
    { seed: 11 },
  );
});

test("redactString() removes a bare value of any letters, digits and signs, and nothing after it", () => {
  const value = fc
    .stringMatching(/^[A-Za-z0-9][A-Za-z0-9!#$%^*_+~./-]{5,20}[A-Za-z0-9]$/)
    .filter((text) => /\d/.test(text) && !/[%$]|\.[a-z]+$|\//.test(text));
  fc.assert(
    fc.property(value, (secret) => {
      expect(redactString(`password=${secret} page=2`)).toBe("password=[REDACTED] page=2");
      expect(redactString(`a=1&password=${secret}&page=2`)).toBe("a=1&password=[REDACTED]&page=2");
      expect(redactString(`(password: ${secret}), next`)).toBe("(password: [REDACTED]), next");
    }),
    { seed: 13 },
  );
});
