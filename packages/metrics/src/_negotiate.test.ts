import { expect, test } from "vitest";
import { acceptsGzip, negotiateFormat } from "./_negotiate.ts";

const TEXT = "text/plain; version=0.0.4; charset=utf-8";
const OPEN = "application/openmetrics-text; version=1.0.0; charset=utf-8";

test.each([
  ["no header", undefined, TEXT],
  ["an empty header", "", TEXT],
  ["a browser", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", TEXT],
  ["curl", "*/*", TEXT],
  [
    "Prometheus 2.42",
    "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
    OPEN,
  ],
  [
    "Prometheus 3",
    "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1",
    `${OPEN}; escaping=underscores`,
  ],
  ["a client that prefers text", "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.9", TEXT],
  ["a client that refuses OpenMetrics", "application/openmetrics-text;q=0,text/plain", TEXT],
  ["a client that knows only an old OpenMetrics", "application/openmetrics-text;version=0.0.1", TEXT],
  ["OpenMetrics without a version", "application/openmetrics-text", OPEN],
  ["capitals and spaces", " Application/OpenMetrics-Text ; Version=1.0.0 , text/plain ; q=0.1", OPEN],
  ["nonsense", ";;,,q=,=;q=x", TEXT],
])("negotiateFormat() answers %s", (_, accept, wanted) => {
  const format = negotiateFormat(accept);
  expect(format.contentType).toBe(wanted);
  expect(format.openMetrics).toBe(wanted !== TEXT);
});

test.each([
  [undefined, false],
  ["", false],
  ["gzip", true],
  ["deflate, gzip;q=0.5", true],
  ["GZIP", true],
  ["gzip;q=0", false],
  ["gzip;q=0.0", false],
  ["identity", false],
  ["*", true],
  ["br", false],
])("acceptsGzip() of %j is %s", (header, wanted) => {
  expect(acceptsGzip(header)).toBe(wanted);
});
