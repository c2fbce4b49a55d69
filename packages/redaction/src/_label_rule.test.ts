import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { drawn, marked } from "./testing/_marked.ts";

const { redactString } = createRedactor();
const kept = (text: string): void => expect(redactString(text)).toBe(text);

const LABELS: Readonly<Record<string, string>> = {
  "a name": "password: «winter»",
  "a name in quotation marks": '"password" : "«winter»"',
  "a name in apostrophes": "'password': «winter»",
  "a name in back ticks": "`password`: «winter»",
  "a name in brackets": "[password]: «winter»",
  "a name in round brackets": "(password): «winter»",
  "a member in brackets": `env["DB_PASSWORD"]= «winter»`,
  "a member after a full stop": "this.db.password = «winter»",
  "a variable of a shell": "DB_PASSWORD=«winter»",
  "a variable of PHP": "$password = «winter»",
  "a name with spaces before the colon": "password  : «winter»",
  "two words": "api key: «winter»",
  "three words": "my api key: «winter»",
  "words with of": "password of bob: «winter»",
  "words with for": "password for the user: «winter»",
  "a name in camelCase": "dbPassword: «winter»",
  "a name in another script": "пароль: «winter»",
  "a name with an accent": "contraseña: «winter»",
  "a flag": "mint --private-key «winter» --chain 1",
  "a flag of one hyphen": "mint -password «winter» --x",
  "a flag that is called pass": "mint --wallet-pass «winter» -x",
  "a flag with quotation marks": `mint --password "«winter sun»" -x`,
  "a name apart from its value": `{ name: "api_key", value: "«winter»" }`,
};
test.for(Object.entries(LABELS))("redactString() removes a value after %s", ([, text]) => {
  const { given, left } = marked(text);
  expect(redactString(given)).toBe(left);
});

const CONNECTORS = "was value hex string text bytes given received entered here below follows".split(" ");
test.for(CONNECTORS)("redactString() reads past the word %s between a label and its colon", (word) => {
  const { given, left } = marked(`the api key ${word}: «winter» x`);
  expect(redactString(given)).toBe(left);
  kept(`the secret ${word}q: winter x`);
});

const FIELDS = ["name", "key", "field", "header", "param", "parameter", "variable", "label", "option", "k"];
test.for(FIELDS)("redactString() gives a value the name that stands in the field %s", (field) => {
  for (const value of ["value", "val", "v", "content", "string"]) {
    for (const text of [
      `{"${field}":"api_key","${value}":"«winter»","x":1}`,
      `${field}=password; ${value}=«winter» x`,
      `{ ${field}: 'password', ${value}: '«winter»' }`,
    ]) {
      const { given, left } = marked(text);
      expect(redactString(given)).toBe(left);
    }
    kept(`{"${field}":"nickname","${value}":"winter"}`);
    kept(`{"${field}x":"api_key","${value}":"winter"}`);
  }
});

const LOCATIONS = [
  "DATABASE_URL",
  "redis_uri",
  "db_dsn",
  "secret_endpoint",
  "secret_connectionString",
  "secret connection-string",
];
test.for(LOCATIONS)("redactString() leaves the host of the address under the label %s", (name) => {
  expect(redactString(`${name}=postgres://bob:winter@db:5432/mint x`)).toBe(
    `${name}=postgres://REDACTED:REDACTED@db:5432/mint x`,
  );
});

test("redactString() removes values under weak labels only if they look drawn", () => {
  for (const name of ["token", "key", "auth", "session", "code", "signer"]) {
    expect(redactString(`${name}: ${drawn("an", 24)} x`)).toBe(`${name}: [REDACTED] x`);
    for (const value of [
      "USDC",
      "page-2",
      "eip155:137",
      "2026-11-22T10:00:00Z",
      "https://x.example/a1b2c3d4e5f6",
    ])
      kept(`${name}: ${value} x`);
  }
  expect(redactString(`seed=${drawn("hex", 32)} x`)).toBe("seed=[REDACTED] x");
  expect(redactString("pin: 4711 x")).toBe("pin: [REDACTED] x");
  kept("pin: 471 x");
  kept("pinned: 4711 x");
});

test("redactString() removes personal values after their labels if they are numbers, addresses or in quotation marks", () => {
  for (const [text, left] of [
    ["ssn: 219099999 x", "ssn: [REDACTED] x"],
    ['{"email":"jo at home"}', '{"email":"[REDACTED]"}'],
    ["iban: DE8937 x", "iban: [REDACTED] x"],
    ["{'street':'Hauptstrasse'}", "{'street':'[REDACTED]'}"],
  ])
    expect(redactString(text ?? "")).toBe(left);
  for (const text of [
    "email: unknown x",
    "email sent: yes",
    "zip: 101 x",
    '{"email":"x"}',
    '{"email":null}',
    "email: 0x52908400098527886E0F7030069857D2E4169EE7",
  ])
    kept(text);
  const { redactString: without } = createRedactor({ packs: ["credentials"] });
  expect(without('{"email":"jo at home"}')).toBe('{"email":"jo at home"}');
});

test("redactString() removes names of people and addresses of machines after their labels with their packs", () => {
  const { redactString: all } = createRedactor({ packs: "all" });
  for (const text of ['{"full_name":"Jo Doe"}', '{"client_ip":"host-a"}']) {
    kept(text);
    expect(all(text)).toMatch(/:"\[REDACTED\]"\}$/);
  }
});

const SAID: readonly string[] = [
  "null undefined true false none missing required invalid incorrect wrong mismatch expired is was must should cannot has not empty string number object function",
  "expected unexpected given received found provided set unset changed updated reset failed valid error short long weak strong needed specified allowed denied refused",
  "rejected accepted unknown bad present absent defined rotated encrypted hashed redacted masked hidden removed omitted field value key type format checks validation",
  "parameter argument option header prompt input output storage provider environment variable config add try sent disabled enabled unsupported supported granted",
  "malformed again enter provide generate paste rotate revoke renew keep sign truncated cleared deleted saved locked unlocked verified refreshed include omit lax strict",
  "completed done pending skipped off yes before after because but please contact limit count",
];
test.for(SAID.flatMap((line) => line.split(" ")))(
  "redactString() takes the word %s after a label for prose",
  (word) => {
    for (const end of ["", " x", ".", ",", "!", ")", ";"]) kept(`password: ${word}${end}`);
    kept(`{"password":"${word}"}`);
    kept(`password: ${word.toUpperCase()} x`);
    expect(redactString(`password: ${word}q x`)).toBe("password: [REDACTED] x");
  },
);

test.for([
  "**",
  "****",
  "xxxx",
  "----",
  "____",
  "====",
  "••••",
  "0x",
  "REDACTED",
  "%s",
  "%d",
  "%j",
  "%o",
  "%v",
  "%q",
  "%x",
  "%+v",
  "%#v",
  "?",
  "char(60)",
  "varchar(64)",
  "process.env.X",
])("redactString() takes %s after a label for no value", (value) => {
  kept(`password: ${value} x`);
  kept(`{"password":"${value}"}`);
});

test("redactString() keeps what is public after the label of a secret", () => {
  kept("owner key: 0x52908400098527886E0F7030069857D2E4169EE7 x");
  kept("-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----");
  const known = createRedactor({ publicHashes: [`0x${drawn("hex", 64)}`] });
  expect(known.redactString(`token: 0x${drawn("hex", 64)} x`)).toBe(`token: 0x${drawn("hex", 64)} x`);
});
