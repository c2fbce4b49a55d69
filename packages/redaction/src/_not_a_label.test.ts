import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { marked } from "./testing/_marked.ts";

const { redactString } = createRedactor();

const ENDS =
  "js ts jsx tsx cjs mjs cts mts sol vy yml yaml json toml md env txt htm html sh sql graphql proto py rb rs go java kt kts php c cc cpp h move circom nr cairo".split(
    " ",
  );
test.for(ENDS)("redactString() keeps a position in a file that is named after a secret: .%s", (end) => {
  for (const after of ["", ")", " x", ",", ";", '"', "'", "`", "]", "}", ">", ": expected x"])
    expect(redactString(`at src/secret.${end}:4711:12${after}`)).toBe(`at src/secret.${end}:4711:12${after}`);
  expect(redactString(`at src/password.${end}:4711`)).toBe(`at src/password.${end}:4711`);
});

const COMMANDS =
  "GET HGET GETSET GETDEL GETEX HGETALL SET MSET HSET HMSET SETNX SETEX MGET HDEL HEXISTS DEL UNLINK EXISTS EXPIRE TTL PTTL INCR INCRBY DECR SADD ZADD SREM ZREM SISMEMBER LPUSH RPUSH LPOP RPOP TYPE".split(
    " ",
  );
test.for(COMMANDS)("redactString() keeps the name of a key after the command %s of Redis", (command) => {
  for (const tail of ["minter", "42", "*", "{a}", "minter:x"])
    expect(redactString(`${command} secret:${tail} 1`)).toBe(`${command} secret:${tail} 1`);
  expect(redactString(`("${command} "secret:minter")`)).toBe(`("${command} "secret:minter")`);
  expect(redactString(`X${command} secret:winter 1`)).toBe(`X${command} secret:[REDACTED] 1`);
});

const KEPT: Readonly<Record<string, string>> = {
  "an empty parameter at the end of a URL": "https://x.example/?a=1&password= then",
  "the text before a closing quotation mark": "log('password:', password);",
  "the text in back ticks": "log(`secret:` + x)",
  "the name of a header in prose": "the 'cookie:' header is gone",
  "the names of headers in prose": "the 'cookie:' headers are gone",
  ...Object.fromEntries(
    ["field", "fields", "prefix", "line", "lines", "label", "labels", "and", "or", "is"].map((word) => [
      `'cookie:' before ${word}`,
      `the 'cookie:' ${word} x`,
    ]),
  ),
  "the type of what a function returns": "secret(name: string): Promise<Hex> {",
  "a list that a function returns": "password(a?: b): string[];",
  "the target of a link": "[password]: https://docs.example/x",
  "the user of a URL": "redis://secret:6379",
  "the name of a resource of AWS": "arn:aws:secretsmanager:eu:1:secret:minter",
  "the name of a resource in China": "arn:aws-cn:secretsmanager:eu:1:secret:minter",
  "a decentralised identifier": "see did:token:abc",
  "a time": "token 12:30",
  "the scheme of a URL": "secret://x",
  "the padding of base64": `key ${"MCowBQYDK2VwAyEA7t1Q9kD3".repeat(2)}Pass= end`,
};
test.for(Object.entries(KEPT))(
  "redactString() keeps what a colon or an equals sign does not make a label: %s",
  ([, text]) => {
    expect(redactString(text)).toBe(text);
  },
);

const GONE: Readonly<Record<string, string>> = {
  "a parameter with a space after it outside of a URL": "password= «Winter7» then",
  "a value after a bracket": "(password) : «Winter7»",
  "a link with a user in it": "[password]: «https://bob:Winter7@docs.example/x»",
  "a value that looks like a position": "secret.doc:4711".replace("4711", "«4711»"),
  "what follows the name of a file": "secret.ts:«x4711»",
  "what is named like a resource": "xarn:aws:secret:«winter7»",
  "the value of a command of Redis": "SET secret:«Winter7sun» 1",
};
test.for(Object.entries(GONE))(
  "redactString() removes the value of what only looks like no label: %s",
  ([, text]) => {
    const { given, left } = marked(text);
    expect(redactString(given)).toBe(left);
  },
);
