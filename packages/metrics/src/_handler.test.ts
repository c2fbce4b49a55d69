import { createServer, get, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { metrics as api } from "@opentelemetry/api";
// @ts-expect-error express has no types of its own
import express from "express";
import fastify from "fastify";
import { afterEach, expect, test } from "vitest";
import { initMetrics, type Metrics, type PrometheusOptions, recordCounter, recordHistogram } from "./mod.ts";
import { prometheusHandler } from "./prometheus.ts";
import { captureDiag } from "./testing/_captured_diag.ts";
import { samplesOf } from "./testing/_samples.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(prometheus: PrometheusOptions = {}): Promise<Metrics> {
  const metrics = await initMetrics({ prometheus: { listen: false, scopeLabels: false, ...prometheus } });
  closing.push(() => metrics.shutdown());
  recordCounter("nft.mints", 1);
  return metrics;
}

/** Serves on a free port of the loopback address until the end of the test. */
async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const PAGE = expect.stringContaining("nft_mints_total 1\n");

test("prometheusHandler() serves the page in a node:http server", async () => {
  await start();
  const handler = prometheusHandler();
  const url = await listen((request, response) => void handler(request, response));
  const response = await fetch(url);
  expect([response.status, await response.text()]).toEqual([200, PAGE]);
});

test("prometheusHandler() serves the page in express, also below a router", async () => {
  const metrics = await start();
  const app = express();
  app.get("/metrics", metrics.handler());
  app.use("/internal", express.Router().use("/stats", prometheusHandler()));
  const url = await listen(app);
  for (const path of ["/metrics", "/internal/stats"]) {
    const response = await fetch(url + path);
    expect([response.status, await response.text()], path).toEqual([200, PAGE]);
  }
});

test("prometheusHandler() serves the page in fastify", async () => {
  await start();
  const app = fastify();
  app.get("/metrics", prometheusHandler());
  closing.push(() => app.close());
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  const response = await fetch(`${url}/metrics`);
  expect([response.status, await response.text()]).toEqual([200, PAGE]);
});

test("prometheusHandler() answers a Request with a Response", async () => {
  await start();
  const response = await prometheusHandler()(new Request("http://localhost/metrics"));
  expect([response.status, await response.text()]).toEqual([200, PAGE]);
  expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  const head = await prometheusHandler()(new Request("http://localhost/metrics", { method: "HEAD" }));
  expect([head.status, await head.text()]).toEqual([200, ""]);
});

test("prometheusHandler() answers 503 as long as nothing is set up", async () => {
  const handler = prometheusHandler();
  const before = await handler(new Request("http://localhost/metrics"));
  expect([before.status, await before.text()]).toEqual([
    503,
    "Metrics are not set up: call initMetrics() first\n",
  ]);
  const metrics = await start();
  expect((await handler(new Request("http://localhost/metrics"))).status).toBe(200);
  await metrics.shutdown();
  expect((await handler(new Request("http://localhost/metrics"))).status).toBe(503);
});

test("initMetrics() answers 404 beside its path, and the path with a query", async () => {
  const metrics = await start({ listen: true, port: 0, path: "/internal/prometheus" });
  const url = String(metrics.url);
  expect(new URL(url).pathname).toBe("/internal/prometheus");
  expect((await fetch(`${url}?x=1`)).status).toBe(200);
  const other = await fetch(new URL("/metrics", url));
  expect([other.status, await other.text()]).toEqual([
    404,
    "Not found: the metrics are at /internal/prometheus\n",
  ]);
});

test.each(["POST", "PUT", "DELETE", "OPTIONS"])("prometheusHandler() answers 405 to %s", async (method) => {
  const metrics = await start({ listen: true, port: 0 });
  const response = await fetch(String(metrics.url), { method });
  expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
});

test("prometheusHandler() answers HEAD with the headers of the page and does not collect", async () => {
  const metrics = await start({ listen: true, port: 0 });
  let collected = 0;
  api
    .getMeter("x")
    .createObservableGauge("x.gauge")
    .addCallback(() => {
      collected++;
    });
  const accept = "application/openmetrics-text";
  const response = await fetch(String(metrics.url), { method: "HEAD", headers: { accept } });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe(
    "application/openmetrics-text; version=1.0.0; charset=utf-8",
  );
  expect(await response.text()).toBe("");
  expect(collected).toBe(0);
});

test("prometheusHandler() asks for the token, in every method and before anything else", async () => {
  const metrics = await start({ listen: true, port: 0, authToken: "s3cret" });
  const url = String(metrics.url);
  for (const authorization of [
    "",
    "Bearer",
    "Bearer ",
    "Bearer s3cre",
    "Bearer s3cret ",
    "bearer S3CRET",
    "Basic s3cret",
    "s3cret",
  ]) {
    for (const method of ["GET", "HEAD"]) {
      const response = await fetch(url, {
        method,
        headers: authorization.endsWith(" ") ? {} : { authorization },
      });
      expect(response.status, authorization).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      expect(await response.text()).not.toContain("nft");
    }
  }
  expect((await fetch(url, { headers: { authorization: "Bearer s3cret" } })).status).toBe(200);
});

/** Asks without the decompression that fetch does by itself. */
async function raw(
  url: string,
  headers: Record<string, string>,
): Promise<{ message: IncomingMessage; body: Buffer }> {
  const message = await new Promise<IncomingMessage>((resolve, reject) =>
    get(url, { headers }, resolve).on("error", reject),
  );
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return { message, body: Buffer.concat(chunks) };
}

test("prometheusHandler() compresses when the client takes gzip", async () => {
  const metrics = await start({ listen: true, port: 0 });
  const url = String(metrics.url);
  const plain = await raw(url, {});
  expect(plain.message.headers["content-encoding"]).toBeUndefined();
  const zipped = await raw(url, { "accept-encoding": "gzip" });
  expect(zipped.message.headers).toMatchObject({
    "content-encoding": "gzip",
    vary: "accept, accept-encoding",
  });
  expect(gunzipSync(zipped.body).toString()).toBe(plain.body.toString());
  const web = await metrics.handler()(new Request(url, { headers: { "accept-encoding": "gzip" } }));
  expect(gunzipSync(Buffer.from(await web.arrayBuffer())).toString()).toBe(plain.body.toString());
});

/** Fills the page with many series, so that it takes many chunks. */
function fill(series: number): void {
  for (let i = 0; i < series; i++) {
    recordCounter(`many.counter${i % 20}`, i, { i, text: "x".repeat(50) });
  }
}

test("prometheusHandler() serves a page of many chunks whole, plain and compressed, to several at once", async () => {
  const metrics = await start({ listen: true, port: 0 });
  fill(20_000);
  recordHistogram("nft.mint.duration", 1);
  const url = String(metrics.url);
  const answers = await Promise.all([
    raw(url, {}),
    raw(url, { "accept-encoding": "gzip" }),
    raw(url, {}),
    metrics.collect(),
  ]);
  const texts = answers.map((answer) => {
    if (typeof answer === "string") return answer;
    return (
      answer.message.headers["content-encoding"] === "gzip" ? gunzipSync(answer.body) : answer.body
    ).toString();
  });
  expect(new Set(texts).size).toBe(1);
  const samples = samplesOf(String(texts[0]), /^many/);
  expect(Object.keys(samples)).toHaveLength(20_000);
  expect(Object.values(samples).reduce((sum, value) => sum + Number(value), 0)).toBe((20_000 * 19_999) / 2);
});

test("prometheusHandler() lets other work run while it writes a large page", async () => {
  const metrics = await start();
  fill(20_000);
  let turns = 0;
  let watching = true;
  const turn = (): void => {
    turns++;
    if (watching) setImmediate(turn);
  };
  setImmediate(turn);
  const response = await metrics.handler()(new Request("http://localhost/metrics"));
  let chunks = 0;
  for await (const _ of response.body ?? []) chunks++;
  watching = false;
  expect(chunks).toBeGreaterThan(10);
  // A page that is written in one piece leaves two or three.
  expect(turns).toBeGreaterThan(5);
});

test("prometheusHandler() survives clients that go away in the middle of a page", async () => {
  const metrics = await start({ listen: true, port: 0 });
  fill(20_000);
  const url = String(metrics.url);
  for (const encoding of ["identity", "gzip"]) {
    for (let i = 0; i < 5; i++) {
      const abort = new AbortController();
      const response = await fetch(url, { headers: { "accept-encoding": encoding }, signal: abort.signal });
      const reader = response.body?.getReader();
      await reader?.read();
      abort.abort();
      await expect(reader?.read()).rejects.toThrow();
    }
  }
  const web = await metrics.handler()(new Request(url));
  const reader = web.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect(Object.keys(samplesOf(await (await fetch(url)).text(), /^many/))).toHaveLength(20_000);
});

test("prometheusHandler() answers 500 when the metrics cannot be collected, and says why once", async () => {
  const metrics = await start();
  const said = captureDiag();
  const handler = metrics.handler();
  await metrics.shutdown();
  for (let i = 0; i < 2; i++) {
    const response = await handler(new Request("http://localhost/metrics"));
    expect(response.status).toBe(500);
    expect(await response.text()).toBe("Could not write the page: MetricReader is shutdown\n");
  }
  expect(said.lines).toEqual(["Could not write the Prometheus page: Error: MetricReader is shutdown"]);
  said.stop();
});

test("initMetrics() serves what it can when an observable callback throws, and says it once", async () => {
  const metrics = await start();
  const said = captureDiag();
  api
    .getMeter("x")
    .createObservableGauge("x.broken")
    .addCallback(() => {
      throw new Error("callback");
    });
  await metrics.collect();
  expect(await metrics.collect()).toContain("nft_mints_total 1\n");
  expect(said.lines).toEqual(["Could not collect all metrics: Error: callback"]);
  said.stop();
});

test("initMetrics() with strict fails the page and names two metrics of one name", async () => {
  const metrics = await start({ strict: true });
  api.getMeter("x").createCounter("wallet.opened").add(1);
  expect((await metrics.handler()(new Request("http://localhost/"))).status).toBe(200);
  api.getMeter("x").createCounter("wallet.opened.total").add(1);
  const response = await metrics.handler()(new Request("http://localhost/"));
  expect(response.status).toBe(500);
  expect(await response.text()).toBe(
    "Could not write the page: The metrics 'wallet.opened.total' (counter) and 'wallet.opened' (counter) have the same Prometheus name: rename one of them, or set 'strict' to false to merge them\n",
  );
});
