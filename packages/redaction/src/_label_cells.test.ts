import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { marked } from "./testing/_marked.ts";

const { redactString } = createRedactor();

const CELLS: Readonly<Record<string, string>> = {
  "an element": "<password>«Winter 7»</password>",
  "an element with a name space": "<ns:apiKey>«Winter7»</ns:apiKey>",
  "an element with attributes": '<secret type="x">«Winter7»</secret>',
  "an element with space around": "<password>\n  «Winter7»\n</password>",
  "an element of a weak name": "<token>«{an24}»</token>",
  "an element of personal data": "<email>«jo at home»</email>",
  "a part of a form": 'Content-Disposition: form-data; name="password"\r\n\r\n«Winter 7»\r\n--x',
  "a part of a form with a type":
    "form-data; name=password; x=y\r\nContent-Type: text/plain\r\nA: b\r\n\r\n«Winter 7»\r\n--x",
  "a row of a table": "| user | bob |\n| password | «Winter7» |",
  "a row of a table with signs of Markdown": "| **api key** | «Winter7» |",
  "a column between bars": "id|password|name\n1|«Winter7»|x\n2|«sun7»|y",
  "a column between tabs": "a\tpassword\tb\n1\t«Winter7»\t2",
  "a column between semicolons": "a;password;b\n1;«Winter7»;x",
  "a column between commas": 'a,"password",b\n1,«Winter7»,2',
  "a column of a weak name": "id,token\n1,«{an24}»",
  "a column of personal data": "id,email\n1,«winter»",
};
test.for(Object.entries(CELLS))(
  "redactString() removes a value that stands apart from its label: %s",
  ([, text]) => {
    const { given, left } = marked(text);
    expect(redactString(given)).toBe(left);
  },
);

const KEPT: Readonly<Record<string, string>> = {
  "an element of a public name": "<name>Winter7</name>",
  "an empty element": "<password>  </password>",
  "an element without an end": "<password>Winter7",
  "a mask in an element": "<password>********</password>",
  "a word of prose in an element": "<password>required</password>",
  "an address in an element": "<secret>0x52908400098527886E0F7030069857D2E4169EE7</secret>",
  "a name under a weak name": "<token>USDC</token>",
  "a part of a form of a public name": 'form-data; name="note"\r\n\r\nWinter7\r\n',
  "a description in a table": "| password | The password of the user that is asked for |",
  "a description that ends with a full stop": "| password | what one types in at the start of it. |",
  "a heading": "| user | password |",
  "a line of another number of cells": "a,password,b\n1,2,Winter7,3",
  "a first line that is no heading": "a,(password),b\n1,Winter7,2",
  "a heading of long cells": `a,${"x".repeat(49)} password,b\n1,Winter7,2`,
  "one line": "a,password,Winter7",
  "a personal cell of one letter": "id,email\n1,x",
};
test.for(Object.entries(KEPT))("redactString() keeps %s", ([, text]) => {
  expect(redactString(text)).toBe(text);
});

test.for([
  "the",
  "a",
  "an",
  "is",
  "are",
  "of",
  "to",
  "that",
  "from",
  "by",
  "in",
  "for",
  "only",
  "it",
  "was",
  "be",
  "with",
  "and",
  "or",
])("redactString() takes a cell with the word %s for a description", (word) => {
  expect(redactString(`| password | Some text ${word} long enough |`)).toBe(
    `| password | Some text ${word} long enough |`,
  );
  expect(redactString(`| password | some text ${word} long enough |`)).toBe("| password | [REDACTED] |");
  expect(redactString(`| password | Text ${word} it |`)).toBe("| password | [REDACTED] |");
  expect(redactString(`| password | Some text ${word} long Winter7 |`)).toBe("| password | [REDACTED] |");
});

test("redactString() keeps a description only up to the length of one", () => {
  const long = `The ${"text of it ".repeat(40)}end`;
  expect(redactString(`| password | ${long} |`)).toBe("| password | [REDACTED] |");
});
