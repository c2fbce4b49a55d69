// Measures what TRACING.md says about the cost of tracing: `pnpm --filter @dcmx-tracing/e2e overhead`. Each set-up is a
// process of its own, whose spans go to a receiver on the loopback interface that answers and forgets.
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { initTracing, startSpan } from "@dcmx-tracing/core";

const SPANS = 50_000;
const SETUPS = ["nothing", "unsampled", "sampled"] as const;

/** What one process reports. */
interface Measured {
  readonly memoryMb: number;
  readonly medianMicros: number;
  readonly p99Micros: number;
}

const setup = process.argv[2];
if (setup === undefined) {
  for (const name of SETUPS) process.stdout.write(`${name}: ${run(name)}`);
} else {
  process.stdout.write(`${JSON.stringify(await measure(setup))}\n`);
}

function run(name: string): string {
  return execFileSync(
    process.execPath,
    ["--import", "tsx", "--expose-gc", fileURLToPath(import.meta.url), name],
    {
      encoding: "utf8",
      cwd: fileURLToPath(new URL("..", import.meta.url)),
    },
  );
}

async function measure(name: string): Promise<Measured> {
  const server = createServer((request, response) => {
    request
      .resume()
      .once("end", () => response.writeHead(200, { "content-type": "application/x-protobuf" }).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number }; // it listens on a port
  const tracing =
    name === "nothing"
      ? undefined
      : initTracing({
          serviceName: "dcmx",
          otlpEndpoint: `http://127.0.0.1:${port}`,
          sampleRate: name === "sampled" ? 1 : 0,
          logLevel: "error",
        });
  const times = new Float64Array(SPANS);
  for (let index = 0; index < SPANS; index += 1) {
    const start = performance.now();
    startSpan("nft_minting.verify_watermark", (span) => {
      span.setAttribute("watermark.valid", true);
      span.setAttribute("watermark.confidence", 0.98);
    });
    times[index] = performance.now() - start;
    if (index % 1_000 === 999) await tracing?.flush();
  }
  await tracing?.flush();
  globalThis.gc?.();
  const memoryMb = process.memoryUsage().rss / 1e6;
  await tracing?.shutdown();
  server.close();
  const sorted = times.subarray(SPANS / 2).sort(); // the second half, when the code is warm
  const at = (share: number): number => (sorted[Math.floor(share * sorted.length)] ?? 0) * 1_000;
  return { memoryMb: Math.round(memoryMb), medianMicros: at(0.5), p99Micros: at(0.99) };
}
