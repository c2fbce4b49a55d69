/** A text, or an attribute, around a secret. */
export interface Carrier {
  readonly name: string;
  /** Key of the attribute. */
  readonly key: string;
  /** The text says that the value is a secret. */
  readonly labelled: boolean;
  readonly wrap: (secret: string) => unknown;
  /** What must be left. */
  readonly keeps?: string;
}

const json = JSON.stringify;
const plain = (name: string, key: string, wrap: (s: string) => unknown, keeps?: string): Carrier => ({
  name,
  key,
  labelled: false,
  wrap,
  ...(keeps === undefined ? {} : { keeps }),
});
const labelled = (name: string, key: string, wrap: (s: string) => unknown, keeps?: string): Carrier => ({
  ...plain(name, key, wrap, keeps),
  labelled: true,
});

/** Carriers of the property tests. */
export const CARRIERS: readonly Carrier[] = [
  plain("bare", "args.0", (s) => s),
  plain("in prose", "message", (s) => `could not use ${s} for order 42`, "order 42"),
  plain("in quotation marks", "message", (s) => `bad input "${s}" (attempt 3)`, "attempt 3"),
  plain("in single quotes", "note", (s) => `got '${s}', expected another`, "expected another"),
  plain("in back ticks", "note", (s) => `value \`${s}\` was refused`, "was refused"),
  plain("in brackets", "note", (s) => `wrong input [${s}] in step two`, "step two"),
  plain("JSON array", "fn.args", (s) => json([s, 1, true]), "true"),
  plain("JSON object", "payload", (s) => json({ input: s, chainId: 137 }), "137"),
  plain("JSON in JSON", "payload", (s) => json({ body: json({ value: s, ok: 1 }) })),
  plain("JSON in JSON in JSON", "payload", (s) => json({ a: json({ b: json({ c: s }) }) })),
  plain("util.inspect", "payload", (s) => `{\n  input: '${s}',\n  attempt: 2\n}`, "attempt: 2"),
  plain("percent-encoded", "url.query", (s) => `q=${encodeURIComponent(s)}&page=2`, "page=2"),
  plain("form", "http.request.body", (s) => new URLSearchParams({ note: s, page: "2" }).toString(), "page=2"),
  plain("HTML", "body", (s) => `<p class="x">${s}</p>`, "class"),
  plain(
    "HTML-escaped JSON",
    "body",
    (s) => `<pre>${json({ v: s }).replaceAll('"', "&quot;")}</pre>`,
    "<pre>",
  ),
  plain("XML", "body", (s) => `<request><value>${s}</value><id>7</id></request>`, "<id>7</id>"),
  plain("base64 of JSON", "body", (s) => Buffer.from(json({ input: s })).toString("base64")),
  plain(
    "base64 in text",
    "body",
    (s) => `payload ${Buffer.from(json({ input: s })).toString("base64")} refused`,
    "refused",
  ),
  plain("hexadecimal of text", "body", (s) => `0x${Buffer.from(json({ input: s })).toString("hex")}`),
  plain(
    "stack",
    "exception.stacktrace",
    (s) => `Error: cannot parse ${s}\n    at mint (/app/dist/mint.js:10:5)`,
    "mint.js:10:5",
  ),
  plain("CSV", "row", (s) => `7;minted;${s};polygon`, "polygon"),
  plain("table", "row", (s) => `| 7 | ${s} | done |`, "done"),
  plain("YAML", "config", (s) => `network: polygon\nvalue: ${s}\nretries: 3`, "retries: 3"),
  plain("string array", "items", (s) => ["first", s, "last"], "last"),
  plain("object", "input", (s) => ({ value: s, attempt: 2 })),
  plain("Map", "input", (s) => new Map([["value", s]])),
  plain("bytes of text", "input", (s) => Buffer.from(`got ${s} here`)),
  plain("error object", "input", (s) => new Error(`bad ${s} given`)),
  labelled("key privateKey", "wallet.privateKey", (s) => s),
  labelled("key password", "db_password", (s) => s),
  labelled("key of a header", "http.request.header.x-api-key", (s) => [s]),
  labelled("label with a colon", "message", (s) => `login with password: "${s}" failed`, "failed"),
  labelled("label in JSON", "body", (s) => json({ user: "bob", password: s, ttl: 60 }), "ttl"),
  labelled("label in escaped JSON", "body", (s) => json(json({ user: "bob", apiKey: s, ttl: 60 })), "ttl"),
  labelled("label in util.inspect", "body", (s) => `{ user: 'bob', secretKey: '${s}', ttl: 60 }`, "ttl: 60"),
  labelled(".env line", "env", (s) => `NODE_ENV=production\nAPI_SECRET="${s}"\nPORT=3000`, "PORT=3000"),
  labelled("YAML label", "config", (s) => `network: polygon\nclientSecret: "${s}"\nretries: 3`, "retries: 3"),
  labelled("flag", "process.command", (s) => `mint --password "${s}" --chain polygon`, "--chain polygon"),
  labelled(
    "flag with equals",
    "process.command",
    (s) => `mint --api-key="${s}" --chain polygon`,
    "--chain polygon",
  ),
  labelled(
    "list of arguments",
    "process.command_args",
    (s) => ["mint", "--password", s, "--chain", "polygon"],
    "polygon",
  ),
  labelled("raw headers", "headers", (s) => ["Host", "api.example", "X-Api-Key", s], "api.example"),
  labelled("nested object", "options", (s) => ({ signer: { privateKey: s }, chain: "polygon" }), "polygon"),
  labelled(
    "statement",
    "db.query.text",
    (s) => `UPDATE users SET password = '${s}' WHERE id = 7`,
    "WHERE id = 7",
  ),
  labelled(
    "connection parameters",
    "message",
    (s) => `connect host=db1 password='${s}' port=5432`,
    "port=5432",
  ),
  labelled(
    "query",
    "url.full",
    (s) => `https://api.example/v1/import?privateKey=${encodeURIComponent(s)}&chain=polygon`,
    "chain=polygon",
  ),
  labelled(
    "GraphQL",
    "graphql.document",
    (s) => `mutation { login(user: "bob", password: "${s}") { id } }`,
    "{ id }",
  ),
];
