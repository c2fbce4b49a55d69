import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { marked } from "./testing/_marked.ts";

const { redactString, redactValue } = createRedactor();

/** Statements in running text; a question mark stands for the literal. */
const STATEMENTS: readonly string[] = [
  "SELECT id FROM users WHERE name = '«bob»'",
  "select id from users where name = '«bob»'",
  "INSERT INTO users (a, b) VALUES ('«bob»', '«eve»')",
  "REPLACE INTO users VALUES (1, '«bob»')",
  "UPDATE users SET name = '«bob»' WHERE id = 7",
  "UPDATE \"users\" SET name='«bob»'",
  "DELETE FROM users WHERE name IN ('«bob»', '«eve»')",
  "ALTER USER app WITH PASSWORD '«Winter7sun»'",
  "create role app with login password '«Winter7sun»'",
  "CREATE USER bob IDENTIFIED BY '«Winter7sun»'",
  "GRANT ALL TO bob IDENTIFIED BY '«Winter7sun»'",
  "CALL add_user('«bob»', 3)",
  "CALL app.add_user (7, '«bob»')",
  "EXEC add_user '«bob»'",
  "EXECUTE [dbo].[add] @name = '«bob»'",
  "failed: VALUES ('«bob»', NULL)",
  "values ($1, '«bob»')",
  "values (?, '«bob»')",
  "values (-1, '«bob»')",
  "values (NULL, '«bob»')",
  "values (DEFAULT, '«bob»')",
  "values (lower('«Bob»'), '«eve»')",
  "values (@name, '«bob»')",
  "values (:name, '«bob»')",
  "parameters: $1 = '«bob»', $2 = '«eve»'",
  "SET PASSWORD = '«Winter7sun»'",
  "SELECT x FROM t WHERE a LIKE '«b%»' AND b <> '«c»' OR c ~ '«d»'",
  "select x from t where a like '«b%»' and b is '«c»' then '«d»'",
  "UPDATE t SET a = '«it''s»' || '«x\\'y»'",
  "SELECT x FROM t WHERE a = '«never closed",
];

test.for(STATEMENTS)("redactString() removes the literals of a statement: %s", (text) => {
  const { given, left } = marked(text.endsWith("closed") ? `${text}»` : text, "?");
  const shown = text.endsWith("closed") ? left.replace("?", "[REDACTED]") : left;
  expect(redactString(given)).toBe(shown);
});

const KEPT: readonly string[] = [
  "SELECT x FROM t WHERE a = '0x52908400098527886E0F7030069857D2E4169EE7'",
  "SELECT x FROM t WHERE a = '6f1c2b3a-1d2e-4f5a-8b9c-0d1e2f3a4b5c'",
  `SELECT x FROM t WHERE block_hash = '0x${"9c1b7e42d05fa386".repeat(4)}'`,
  "SELECT x FROM t WHERE tx_hash = ''",
  "SELECT x FROM t WHERE a > '-12.50' AND b < '12345678901234567'",
  "SELECT x FROM t WHERE day = '2026-11-22' AND at < '2026-11-22T23:00:00.000Z'",
  "please select one from the list, the 'cheap' one",
  "call 'home' or delete from 'home'",
  "db.query('SELECT id, name FROM users WHERE id = 7')",
  "db.query('INSERT INTO t VALUES (7)')",
  "db.run('UPDATE t SET a = 7')",
  "db.run('DELETE FROM t')",
  "db.run('WITH a AS (SELECT 1) SELECT x FROM a')",
  "the user's choice wasn't 'bob'",
  "myVALUES ('bob')",
];

test.for(KEPT)("redactString() keeps identifiers, numbers and sentences: %s", (text) => {
  expect(redactString(text)).toBe(text);
});

test("redactValue() removes every literal under the key of a statement", () => {
  for (const key of ["db.statement", "db.query.text", "sql", "database.query", "query.sql"]) {
    expect(redactValue(key, "exists users 'bob'")).toBe("exists users '?'");
    expect(redactValue(key, "AUTH Winter7sun")).toBe("AUTH [REDACTED]");
  }
  expect(redactValue("note", "exists users 'bob'")).toBe("exists users 'bob'");
  expect(redactValue("query.text", "exists users 'bob'")).toBe("exists users 'bob'");
});

const REDIS: readonly string[] = [
  "AUTH «Winter»",
  "  auth «default Winter»",
  "CONFIG SET requirepass «Winter»",
  "CONFIG SET masterauth «Winter»",
  "ACL SETUSER bob «on >Winter»",
];
test.for(REDIS)("redactValue() removes the password of a command of Redis: %s", (text) => {
  const { given, left } = marked(text);
  expect(redactValue("db.statement", given)).toBe(left);
});

const CONNECTIONS: readonly string[] = [
  "app:«Winter7sun»@tcp(db:3306)/mint?tls=true",
  "app:«Winter7sun»@unix(/tmp/mysql.sock)/mint",
  "app:«Winter7sun»@udp(db:3306)/mint",
  "app:«Winter7sun»@(db:3306)/mint",
  "dial app:«Winter7sun»@db:5432 refused",
];
test.for(CONNECTIONS)("redactString() removes the password of a connection string: %s", (text) => {
  const { given, left } = marked(text);
  expect(redactString(given)).toBe(left);
});

test.for(["app:v2@db:3", "x/app:latest@sha:123456", "10:30@noon", "ratio a:b@c"])(
  "redactString() keeps what only resembles a connection string: %s",
  (text) => {
    expect(redactString(text)).toBe(text);
  },
);
