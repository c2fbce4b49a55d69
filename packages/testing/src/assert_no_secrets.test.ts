import { createTraceState, SpanStatusCode, TraceFlags } from "@opentelemetry/api";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { assertNoSecrets, SecretsFoundError } from "./assert_no_secrets.ts";
import { createTestTracing, type TestTracing } from "./create_test_tracing.ts";

const KEY = "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";
const PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow";
const TEXT = 'pass "word" / ünïcode+2';

let tracing: TestTracing;
beforeEach(() => {
  tracing = createTestTracing();
});
afterEach(() => tracing.shutdown());

/** The message of the failure; undefined when nothing was found. */
function check(secrets: readonly (string | Uint8Array)[], shapes = false): string | undefined {
  try {
    assertNoSecrets(tracing.spans(), secrets, { shapes });
    return undefined;
  } catch (error) {
    if (error instanceof SecretsFoundError) return error.message;
    throw error;
  }
}

function checkAttribute(
  value: string | string[] | number[],
  secret: string | Uint8Array,
): string | undefined {
  tracing.reset();
  tracing.tracer().startSpan("s").setAttribute("a", value).end();
  return check([secret]);
}

const bytes = Buffer.from(KEY.slice(2), "hex");

test.each<[string, string, string | string[] | number[]]>([
  ["plain", KEY, `the key ${KEY} of`],
  ["hex without 0x", KEY, KEY.slice(2)],
  ["upper case", KEY, KEY.toUpperCase()],
  ["0x where the secret has none", KEY.slice(2), KEY],
  ["base64 of the bytes", KEY, bytes.toString("base64")],
  ["base64url of the bytes", KEY, bytes.toString("base64url")],
  ["base64 of the text", KEY, Buffer.from(KEY).toString("base64")],
  ["base64 inside longer base64, shifted by one", KEY, Buffer.from(`{${KEY}}`).toString("base64")],
  ["base64 inside longer base64, shifted by two", KEY, Buffer.from(`{"${KEY}"}`).toString("base64")],
  ["a decimal number", KEY, BigInt(KEY).toString()],
  ["a list of bytes", KEY, [...bytes]],
  ["a list of bytes as text", KEY, `Uint8Array(32) [${bytes.join(",")}]`],
  ["hex of a text", TEXT, Buffer.from(TEXT).toString("hex")],
  ["percent escapes", TEXT, `https://x/?q=${encodeURIComponent(TEXT)}`],
  ["percent escapes twice", TEXT, encodeURIComponent(encodeURIComponent(TEXT))],
  ["percent escapes that are not UTF-8 around it", "secret word", "%ff%73%65%63ret%20word"],
  ["JSON escapes", TEXT, JSON.stringify({ a: TEXT })],
  ["JSON escapes twice", TEXT, JSON.stringify(JSON.stringify({ a: TEXT }))],
  ["JSON unicode escapes", TEXT, TEXT.replaceAll("ü", "\\u00fc").replaceAll("ï", "\\u00EF")],
  ["a phrase", PHRASE, `mnemonic: ${PHRASE}`],
  ["a phrase in a list", PHRASE, PHRASE.split(" ")],
  ["a phrase over lines, in upper case", PHRASE, PHRASE.toUpperCase().replaceAll(" ", "\n  ")],
])("assertNoSecrets() finds %s", (_form, secret, value) => {
  const message = checkAttribute(value, secret);
  expect(message).toContain('span "s", attributes["a"]: secret 1');
});

test("assertNoSecrets() finds any secret in all its encodings, and never repeats it", () => {
  const secret = fc
    .string({ minLength: 6, maxLength: 40, unit: "binary" })
    .filter((text) => !/\p{Cs}/u.test(text));
  const around = fc.string({ maxLength: 5 });
  const forms: ((text: string) => string)[] = [
    (text) => text,
    (text) => Buffer.from(text).toString("hex"),
    encodeURIComponent,
    (text) => JSON.stringify(text),
  ];
  fc.assert(
    fc.property(secret, around, around, fc.constantFrom(...forms), (text, before, after, form) => {
      const message = checkAttribute(before + form(text) + after, text) ?? "";
      expect(message).toContain("secret 1");
      // A secret that is part of the fixed words of the message is not a leak.
      fc.pre(
        !'Found secrets in 1 places of the spans:\n  span "s", attributes["a"]: secret 1'.includes(text),
      );
      expect(message).not.toContain(text);
    }),
    { numRuns: 300 },
  );
});

test("assertNoSecrets() finds bytes inside base64 at any place", () => {
  const padding = fc.uint8Array({ maxLength: 7 });
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 16, maxLength: 40 }),
      padding,
      padding,
      (secret, before, after) => {
        const text = Buffer.concat([before, secret, after]).toString("base64");
        expect(checkAttribute(text, secret)).toContain("as base64");
      },
    ),
    { numRuns: 200 },
  );
});

test("assertNoSecrets() does not find what is not there", () => {
  const other = KEY.replace("0x5", "0x6");
  for (const value of [
    other,
    BigInt(other).toString(),
    Buffer.from(other).toString("base64"),
    "",
    "%",
    "%zz\\u12",
  ]) {
    expect(checkAttribute(value, KEY)).toBeUndefined();
  }
  expect(checkAttribute("legal winner thank year", PHRASE)).toBeUndefined();
});

test("assertNoSecrets() searches every field of a span", () => {
  const traceState = createTraceState().set("dcmx", KEY.slice(2));
  const linked = {
    traceId: "1".repeat(32),
    spanId: "2".repeat(16),
    traceFlags: TraceFlags.SAMPLED,
    traceState,
  };
  tracing
    .tracer(`scope ${KEY}`)
    .startSpan("first", { links: [{ context: linked, attributes: { a: KEY } }] })
    .setAttributes({ [KEY]: 1, list: ["x", KEY] })
    .addEvent(`e ${KEY}`, { [KEY]: "x", a: KEY })
    .setStatus({ code: SpanStatusCode.ERROR, message: KEY })
    .end();
  tracing.tracer().startSpan(`named ${KEY}`).end();
  const message = check([KEY]) ?? "";
  const places = message.split("\n").slice(1);
  expect(places.map((line) => line.replace(": secret 1 (66 characters, as ", " | "))).toEqual([
    '  span "first", status.message | plain)',
    '  span "first", a key of attributes | plain)',
    '  span "first", attributes["list"] | plain)',
    '  span "first", events[0].name | plain)',
    '  span "first", a key of events[0].attributes | plain)',
    '  span "first", events[0].attributes["a"] | plain)',
    '  span "first", links[0].traceState | hex)',
    '  span "first", links[0].attributes["a"] | plain)',
    '  span "first", instrumentationScope.name | plain)',
    '  span "(masked)", name | plain)',
  ]);
  expect(message).not.toContain(KEY.slice(2));
  expect(message).toContain("Found secrets in 10 places of the spans:");
});

test("assertNoSecrets() searches the trace state of the span and of its parent, and the resource", () => {
  tracing.tracer().startSpan("s").end();
  const [span] = tracing.spans();
  if (span === undefined) throw new Error("no span");
  const traceState = createTraceState().set("dcmx", KEY.slice(2));
  const spanContext = { ...span.spanContext(), traceState };
  const tainted = Object.create(span, {
    spanContext: { value: () => spanContext },
    parentSpanContext: { value: spanContext },
    resource: { value: { attributes: { "host.name": KEY } } },
    instrumentationScope: { value: { name: "ours", version: KEY } },
  });
  expect(() => assertNoSecrets([tainted], [KEY])).toThrow(
    /, traceState: .*\n.*, parent traceState: .*\n.*resource\.attributes\["host\.name"\]: .*\n.*instrumentationScope\.version: /,
  );
});

test("assertNoSecrets() tells which of the secrets it found", () => {
  tracing
    .tracer()
    .startSpan("s", { attributes: { a: PHRASE, b: KEY } })
    .end();
  const message = check([KEY, Buffer.from("other bytes"), PHRASE]) ?? "";
  expect(message).toContain('attributes["a"]: secret 3 (75 characters, as plain)');
  expect(message).toContain('attributes["b"]: secret 1 (66 characters, as plain)');
});

test("assertNoSecrets() refuses a secret that would be found by chance", () => {
  expect(() => assertNoSecrets([], ["long enough", ""])).toThrow(
    new RangeError("Cannot look for secret 2 as it must have 6 or more characters: it has 0"),
  );
  expect(() => assertNoSecrets([], [Uint8Array.of(1, 2, 3, 4, 5)])).toThrow("it has 5");
});

test.each<[string, string, string]>([
  ["a", "-----BEGIN EC PRIVATE KEY-----\nMHQ", "a private key in PEM form"],
  ["a", "-----BEGIN PRIVATE KEY-----", "a private key in PEM form"],
  ["a", `token eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJSMeKKF2QT4`, "a JSON Web Token"],
  ["url.full", "https://user:hunter2@rpc.example/", "credentials in a URL"],
  ["url.full", "postgres://:hunter2@localhost:5432/db", "credentials in a URL"],
  ["a", "Authorization: Bearer abcdefghijklmnop", "an authorization header"],
  ["a", "Basic dXNlcjpodW50ZXIyMTIz", "an authorization header"],
  ["a", `https://mainnet.infura.io/v3/${"a1".repeat(16)}`, "a key in the URL of an RPC provider"],
  ["a", `wss://eth-mainnet.g.alchemy.com/v2/${"a1".repeat(16)}`, "a key in the URL of an RPC provider"],
  ["a", `${"test ".repeat(11)}junk`, "the development mnemonic"],
  ["a", JSON.stringify(`${"test ".repeat(11)}junk`.split(" ")), "the development mnemonic"],
  ["wallet.private_key", "x", "a value under the name of a secret"],
  ["http.request.header.authorization", "x", "a value under the name of a secret"],
  ["db.password", "hunter2", "a value under the name of a secret"],
  ["api-key", "x", "a value under the name of a secret"],
])("assertNoSecrets() knows by its shape: %s=%s", (key, value, shape) => {
  tracing.tracer().startSpan("s").setAttribute(key, value).end();
  const message = check([], true) ?? "";
  expect(message).toContain(`looks like ${shape}`);
  expect(message).not.toContain(value.length > 1 ? value : "\0");
  expect(check([], false)).toBeUndefined();
});

test.each<[string, string]>([
  ["wallet.private_key", "[redacted]"],
  ["wallet.private_key", "***"],
  ["url.full", "https://user:***@rpc.example/v3/[redacted]"],
  ["url.full", "https://rpc.example:8545/path?x=a:b@c"],
  ["server.address", "[::1]:8545"],
  ["secret_count_total", "3"],
  ["tx.hash", KEY],
  ["a", "Basic knowledge of things"],
  ["a", "this is a test of a test"],
])("assertNoSecrets() lets pass by its shape: %s=%s", (key, value) => {
  tracing.tracer().startSpan("s").setAttribute(key, value).end();
  expect(check([], true)).toBeUndefined();
});
