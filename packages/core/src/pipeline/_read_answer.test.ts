import fc from "fast-check";
import { expect, test } from "vitest";
import { type HttpAnswer, readAnswer } from "./_read_answer.ts";

const answer = (given: Partial<Omit<HttpAnswer, "body">> & { body?: string | Uint8Array }): HttpAnswer => ({
  status: 200,
  contentType: "application/x-protobuf",
  retryAfter: undefined,
  ...given,
  body: Buffer.from(given.body ?? ""),
});
const read = (given: Parameters<typeof answer>[0]): ReturnType<typeof readAnswer> =>
  readAnswer(answer(given), 10, 99);

/** partial_success { rejected_spans: 3, error_message: "no" } */
const PARTIAL = Uint8Array.of(0x0a, 6, 0x08, 3, 0x12, 2, 0x6e, 0x6f);

test.each([
  ["an empty body", { body: "" }, 0],
  ["an empty partial_success", { body: Uint8Array.of(0x0a, 0) }, 0],
  ["rejected spans in protobuf", { body: PARTIAL }, 3],
  ["status 202", { status: 202, body: PARTIAL }, 3],
  ["an empty JSON object", { contentType: "application/json", body: "{}" }, 0],
  [
    "rejected spans in JSON, as a string",
    { contentType: "application/json; charset=utf-8", body: '{"partialSuccess":{"rejectedSpans":"3"}}' },
    3,
  ],
  [
    "more rejected spans than were sent",
    { contentType: "application/json", body: '{"partialSuccess":{"rejectedSpans":99}}' },
    10,
  ],
  [
    "a negative number of rejected spans",
    { contentType: "application/json", body: '{"partialSuccess":{"rejectedSpans":-4}}' },
    0,
  ],
])("readAnswer() takes %s for a success", (_, given, rejected) => {
  expect(read(given)).toMatchObject({ kind: "accepted", rejected, bytes: 99 });
});

test("readAnswer() keeps the message of a partial success", () => {
  expect(read({ body: PARTIAL })).toMatchObject({ message: "no" });
});

test.each([
  ["a web page", { contentType: "text/html", body: "<!doctype html><title>Sign in</title>" }],
  ["plain text", { contentType: "text/plain", body: "OK" }],
  ["text that claims to be protobuf", { body: "hello" }],
  ["a cut protobuf message", { body: PARTIAL.subarray(0, 4) }],
  ["broken JSON", { contentType: "application/json", body: "{" }],
  ["JSON that is no object", { contentType: "application/json", body: '"ok"' }],
  [
    "a count that is no number",
    { contentType: "application/json", body: '{"partialSuccess":{"rejectedSpans":"x"}}' },
  ],
])("readAnswer() takes %s with status 200 for something that is no collector", (_, given) => {
  expect(read(given)).toMatchObject({ kind: "failed", reason: "bad-response", status: 200 });
});

test.each([400, 401, 403, 404, 405, 408, 413, 415, 500, 501, 505, 301, 304, 100])(
  "readAnswer() does not retry status %i",
  (status) => {
    expect(read({ status })).toEqual({
      kind: "failed",
      reason: "rejected",
      message: `HTTP ${status}`,
      status,
    });
  },
);

test.each([
  [429, false],
  [502, true],
  [503, false],
  [504, true],
])("readAnswer() retries status %i; the spans may have arrived: %s", (status, maybeDelivered) => {
  expect(read({ status, retryAfter: "2" })).toMatchObject({
    kind: "retry",
    maybeDelivered,
    retryAfterMs: 2_000,
  });
});

test("readAnswer() shows the reason that the collector gave, as one short line", () => {
  const status = Buffer.concat([Buffer.from([0x08, 3, 0x12, 5]), Buffer.from("wrong")]);
  expect(read({ status: 400, body: status })).toMatchObject({ message: "HTTP 400: wrong" });
  expect(read({ status: 400, contentType: "text/plain", body: "a\r\nb\u001b[0m" })).toMatchObject({
    message: "HTTP 400: a b [0m",
  });
  expect(read({ status: 400, contentType: "application/json", body: '{"message":"bad"}' })).toMatchObject({
    message: "HTTP 400: bad",
  });
  expect(read({ status: 400, contentType: "application/json", body: "oops" })).toMatchObject({
    message: "HTTP 400",
  });
});

test("readAnswer() never throws and never reports more spans than there were", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 100, max: 599 }),
      fc.constantFrom("application/x-protobuf", "application/json", "text/plain", ""),
      fc.uint8Array({ maxLength: 40 }),
      (status, contentType, body) => {
        const outcome = read({ status, contentType, body });
        return outcome.kind !== "accepted" || (outcome.rejected >= 0 && outcome.rejected <= 10);
      },
    ),
  );
});
