import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { marked } from "./testing/_marked.ts";

const { redactString } = createRedactor();

const PHONES: readonly string[] = [
  "reach «+49 30 901820-17» now",
  "reach «+1 (415) 555-0132» now",
  "reach «+442079460018» now",
  "reach «+33 1 23.45.67.89», now",
  "reach «(415) 555-0132» now",
  "reach «(415)555 0132» now",
  "reach «(415) 555.0132» now",
  ...[
    "phone",
    "mobile",
    "tel",
    "call",
    "sms",
    "text",
    "whatsapp",
    "fax",
    "contact",
    "msisdn",
    "phonenumber",
    "telephone",
  ].map((word) => `${word}: «030 901820-17» now`),
  "call him, mobile no 030-1: call to «(030) 901 82 017» now",
  "phone number: «030 9018 2017» now",
  "contact at «030.9018.2017» now",
  "text # «0309018201» now",
];
test.for(PHONES)("redactString() removes a telephone number: %s", (text) => {
  const { given, left } = marked(text);
  expect(redactString(given)).toBe(left);
});

test.for([
  "chain +12345678901234567890",
  "x+49 30 90182017",
  "+0049 30 90182017",
  "offset +100000000",
  "at (415) 555-01322",
  "v(415) 555-0132",
  "sum of 030 9018 2017",
  "textile 12",
  "phone 2017 is old",
])("redactString() keeps what is no telephone number: %s", (text) => {
  expect(redactString(text)).toBe(text);
});

const DOCUMENTS: readonly string[] = [
  ..."Passport|passport|PASSPORT|Driver's License|driver license|Driving licence|National ID|national id|ID card|Identity Card|identity card|Tax ID|tax Id|Document No|document number|License Number|licence number"
    .split("|")
    .map((label) => `${label} «C01X00T47» checked`),
  ...["no", "nr", "number", "num", "id", "No", "Number"].map(
    (word) => `passport ${word}: «C01X00T47» checked`,
  ),
  "passport#: «C01X-00T47» checked",
  "passport C01X checked, passport  «C01X00T47»",
];
test.for(DOCUMENTS)("redactString() removes the number of a document: %s", (text) => {
  const { given, left } = marked(text);
  expect(redactString(given)).toBe(left);
});

test.for([
  "passport REQUIRED here",
  "passport C01X here",
  "passport c01x00t47 here",
  "the transport C01X00T47x here",
])("redactString() keeps what is no number of a document: %s", (text) => {
  expect(redactString(text)).toBe(text);
});

test.for([
  "dob «1990-04-17», ok",
  "DOB: «17.04.1990», ok",
  "birthdate = «1990-04-17», ok",
  "birth: «1990-04-17», ok",
  "born on «1990-04-17», ok",
  "SSN is «219-09-9999», ok",
  "got «219 09 9999», ok",
])("redactString() removes a date of birth or a social security number: %s", (text) => {
  const { given, left } = marked(text);
  expect(redactString(given)).toBe(left);
});

test.for([
  "released 1990-04-17, ok",
  "airborn 1990-04-17, ok",
  "got 000-09-9999, ok",
  "got 666-09-9999, ok",
  "got 919-09-9999, ok",
  "got 219-00-9999, ok",
  "got 219-09-0000, ok",
  "got 219-09-9999-1, ok",
])("redactString() keeps what is neither: %s", (text) => {
  expect(redactString(text)).toBe(text);
});

/** An account number of the country with the right check digits. */
function iban(country: string, length: number): string {
  const rest = "20041010050500013M02606720041010050500013".replace("M", "1").slice(0, length - 4);
  const moved = [...`${rest}${country}00`].map((c) => String(Number.parseInt(c, 36))).join("");
  return `${country}${String(98n - (BigInt(moved) % 97n)).padStart(2, "0")}${rest}`;
}

/** Lengths by country, from the register of ISO 13616. */
const IBAN_LENGTHS =
  "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20".split(
    " ",
  );

test.for(IBAN_LENGTHS)("redactString() removes an account number of %s", (entry) => {
  const country = entry.slice(0, 2);
  const length = Number(entry.slice(2));
  const number = iban(country, length);
  expect(redactString(`paid to ${number}, ok`)).toBe("paid to [REDACTED], ok");
  expect(redactString(`paid to ${number.replace(/(.{4})(?=.)/g, "$1 ")} today`)).toBe(
    "paid to [REDACTED] today",
  );
  const wrong = `${country}${String((Number(number.slice(2, 4)) % 90) + 3).padStart(2, "0")}${number.slice(4)}`;
  for (const text of [`paid to ${wrong}, ok`, `paid to ${number}X, ok`, `paid to ${iban("XX", length)}, ok`])
    expect(redactString(text)).toBe(text);
});

const MAILS: readonly string[] = [
  "to «jo.doe+x@mail.example.com», ok",
  "<«jo_d%o@example.io»> wrote",
  "mailto:«jo@example.com» ok",
  "user=«jo@example.com»&x=1",
  "'«jo@example.com»'",
  "{«jo@sub.example-x.org»}",
  "path/«jo@example.com»",
  "to «jörg@bücher.example» ok",
  "«jo@example.com»@«eve@example.com»",
];
test.for(MAILS)("redactString() removes an e-mail address: %s", (text) => {
  const { given, left } = marked(text);
  expect(redactString(given)).toBe(left);
});

const NAMES =
  "png jpg jpeg gif webp svg avif ico css js ts mjs cjs tsx mp3 mp4 webm wav json yml yaml toml lock tgz zip prod staging".split(
    " ",
  );
test.for([
  ...NAMES.map((end) => `load icon@large.${end} now`),
  ...["git", "root", "postgres", "admin", "user", "node", "npm", "ubuntu", "ec2-user"].map(
    (name) => `ssh ${name}@host.example.com now`,
  ),
  "load icon@2x.example now",
  "mint@v2.events now",
  "see @name@nft.social now",
  "jo@localhost now",
  "jo@example.c now",
  "@example.com now",
  "jo@ example.com",
])("redactString() keeps an at sign that makes no e-mail address: %s", (text) => {
  expect(redactString(text)).toBe(text);
});
