// The scraper of metrics_scrape_bench.ts, in a process of its own so that its work does not count for the server.
import { get } from "node:http";

process.on("message", (url: string) => {
  const start = performance.now();
  get(url, (response) => {
    const chunks: Buffer[] = [];
    response.on("data", (chunk: Buffer) => chunks.push(chunk));
    response.on("end", () => {
      const ms = performance.now() - start;
      const page = Buffer.concat(chunks);
      let lines = 0;
      for (let at = page.indexOf(10); at >= 0; at = page.indexOf(10, at + 1)) lines++;
      process.send?.({ ms, bytes: page.length, lines, status: response.statusCode });
    });
  });
});
