// The scraper of metrics_scrape_bench.ts, in a process of its own so that its work does not count for the server.
process.on("message", async (url: string) => {
  const start = performance.now();
  const response = await fetch(url, { headers: { "accept-encoding": "identity" } });
  let bytes = 0;
  let lines = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    for (const byte of chunk) if (byte === 10) lines++;
  }
  process.send?.({ ms: performance.now() - start, bytes, lines, status: response.status });
});
