import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";

const { redactString } = createRedactor({ packs: "all" });
const KEY = "4f9063db53d9f3b7701001e59da7f36a1b1407a09b137189d3e946b4455d3f57";
const [A, B] = [KEY.slice(0, 32), KEY.slice(32)];

/** The secret stands in the place of `{}`; what surrounds it stays. */
const PASSWORDS: Readonly<Record<string, string>> = {
  "a line of .pgpass": "db.internal:5432:mint:app:{}",
  "a line of .pgpass with wildcards": "# prod\n*:*:*:app:{}\n# dev",
  "a login with a slash": "retry login bob/{} failed",
  credentials: "credentials were bob/{}, refused",
  "mysql without a space": "mysql -u root -p{} nfts",
  "mysqldump beside a port": "mysqldump -h db -P 3306 -u root -p{} nfts > x",
  "redis-cli beside a port": "redis-cli -h r -p 6379 -a {} ping",
  mongosh: "mongosh -u app -p {} --port 3",
  "docker login": "docker login -u bob -p {} registry.example",
  curl: "curl -u bob:{} https://x.example",
  httpie: "http -a bob:{} x.example",
  openssl: "openssl enc -aes-256-cbc -a -k {} -in x",
  keytool: "keytool -list -storepass {} -keystore x",
  sshpass: "sshpass -p {} ssh bob@x",
  "a mailbox": "USER bob\r\nPASS {}\r\n",
};

for (const [name, template] of Object.entries(PASSWORDS)) {
  test(`redactString() finds a password by its place: ${name}`, () => {
    const password = fc
      .tuple(
        fc.stringMatching(/^[A-Za-z]{4,8}$/),
        fc.stringMatching(/^[0-9]{1,3}$/),
        fc.constantFrom("", "!", "_x", "#9"),
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(password, (secret) => {
        // What follows the marker may be a full stop or an exclamation mark that ends a sentence.
        const out = redactString(template.replace("{}", secret));
        expect(out.replace(/\[REDACTED\]!?/, "{}")).toBe(template);
      }),
      { numRuns: 30 },
    );
  });
}

const HASHES: readonly string[] = [
  "$apr1$abcdefgh$0123456789abcdefghijkl",
  "$6$rounds=5000$saltsalt$hashhashhash.hash/",
  "$2y$10$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234",
  "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaGhhc2g",
];
test.for(HASHES)("redactString() removes the hash of a password: %s", (hash) => {
  expect(redactString(`bob:${hash}:19000:0`)).toBe("bob:[REDACTED]:19000:0");
});

const CLEAN: readonly string[] = [
  "at mint (file.ts:10:5)",
  "eip155:137:a:b:c",
  "login service/v2 ok",
  "connect db/pool1 refused",
  "mysql -u root -p nfts",
  "mysql -h db -P 3306",
  "psql -h db -p 5432 -U app",
  "docker run -u 1000:1000 -p 8080:80 img",
  "ssh -p 22 host",
  "git log -p HEAD",
  "nats -u host:4222 x",
  "PASS src/a.test.ts",
  "PASS all tests",
  "sshpass -p $PASSWORD ssh bob@x",
  "price in $US$ and {SHAPE}",
  "actions/checkout@v4 and scope/pkg@1.2.3",
  "d41d8cd98f00b204e9800998ecf8427e  a\n0cc175b9c0f1b6a831c399e269772661  b",
  `trace ${A}\n${B}`,
  `0x${KEY.slice(0, 40)} ${KEY.slice(40)}`,
  `${KEY.slice(0, 40)}\n${KEY.slice(40)}`,
];
test.for(CLEAN)("redactString() leaves what only looks like it: %s", (text) => {
  expect(redactString(text)).toBe(text);
});

const WRAPPED: readonly (readonly [text: string, expected: string])[] = [
  [`got 0x${A}\n${B} x`, "got [REDACTED] x"],
  [`got 0x${A}\\n${B} x`, "got [REDACTED] x"],
  [`private key:\n${A}\n${B} x`, "private key:\n[REDACTED] x"],
  [`"0x${A}" +\n  "${B}"`, '"[REDACTED]"'],
  [`first half ${A}, second half ${B}`, "first half [REDACTED], second half [REDACTED]"],
  [`part 1: ${A} part 2: ${B}`, "part 1: [REDACTED] part 2: [REDACTED]"],
];
test.for(WRAPPED)("redactString() finds a key in two halves: %j", ([text, expected]) => {
  expect(redactString(text)).toBe(expected);
});

test("redactString() finds a key that a line break cuts anywhere, and keeps one that is known to be public", () => {
  const known = createRedactor({ publicHashes: [KEY] });
  for (let at = 9; at < 60; at++) {
    const text = `sent 0x${KEY.slice(0, at)}\n    ${KEY.slice(at)} to the pool`;
    if (at === 40) continue;
    expect(redactString(text), String(at)).toBe("sent [REDACTED] to the pool");
    expect(known.redactString(text), String(at)).toBe(text);
  }
});

const body = (pem: string | Buffer): string => String(pem).split("\n").slice(1, -2).join("\n");
const PAIRS = {
  ec: generateKeyPairSync("ec", { namedCurve: "secp256k1" }),
  rsa: generateKeyPairSync("rsa", { modulusLength: 1024 }),
  ed25519: generateKeyPairSync("ed25519"),
};
for (const [name, { privateKey, publicKey }] of Object.entries(PAIRS)) {
  test(`redactString() finds the body of a private key without its frame, not that of a public one: ${name}`, () => {
    const secret = body(privateKey.export({ type: "pkcs8", format: "pem" }));
    const open = body(publicKey.export({ type: "spki", format: "pem" }));
    expect(redactString(`key ${secret} end`)).toBe("key [REDACTED] end");
    expect(redactString(`key ${open} end`)).toBe(`key ${open} end`);
  });
}

test("redactString() reads base64 and hexadecimal text that is wrapped at 64 or 76 columns", () => {
  const json = Buffer.from(JSON.stringify({ input: "x".repeat(90), key: `0x${KEY}` }));
  const clean = Buffer.from(JSON.stringify({ input: "x".repeat(90), order: "order-42" }));
  for (const encoding of ["base64", "hex"] as const) {
    for (const width of [64, 76]) {
      const wrap = (bytes: Buffer): string =>
        bytes.toString(encoding).replace(new RegExp(`.{${width}}`, "g"), "$&\n");
      expect(redactString(`mail\n${wrap(json)}\nend`)).toBe("mail\n[REDACTED]\nend");
      // Lines of 64 hexadecimal digits are as long as a key, whatever they spell.
      if (encoding === "hex" && width === 64) continue;
      expect(redactString(`mail\n${wrap(clean)}\nend`)).toBe(`mail\n${wrap(clean)}\nend`);
    }
  }
});

test("redactString() takes the padding of base64 for no label, whatever the last letters spell", () => {
  for (const end of ["39qOpw=", "KekPass=", "nUNYkey=", "4gPw=="]) {
    const text = `key ${"MCowBQYDK2VwAyEA7t1Q9kD3".repeat(2)}${end} end`;
    expect(redactString(text)).toBe(text);
    expect(redactString(text.replace(" end", ""))).toBe(text.replace(" end", ""));
  }
  expect(redactString("acmepassword=hunter2x end")).toBe("acmepassword=[REDACTED] end");
  expect(redactString("password= hunter2x")).not.toContain("hunter2x");
});
