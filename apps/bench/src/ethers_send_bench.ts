// Cost of one `provider.send`: states interleaved in one process, medians of rounds, differences to plain ethers in the
// same round. Time is that of the processor, so that waiting (ethers' timers, other processes) does not count.
// Run: pnpm --filter @dcmx-tracing/bench bench:ethers
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createSubjects, type Subject } from "./ethers_subjects.ts";

const ROUNDS = Number(process.argv[2] ?? 120);
const SENDS = 200;
let sink = 0;

async function round({ provider }: Subject, sends: number): Promise<number> {
  const start = process.cpuUsage();
  const results = await Promise.all(
    Array.from({ length: sends }, () =>
      provider.send("eth_call", [{ to: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8" }, "latest"]),
    ),
  );
  const { user, system } = process.cpuUsage(start);
  sink += results.length;
  return (user + system) / sends;
}

async function compare(title: string, subjects: Subject[], sends: number, rounds: number): Promise<void> {
  const times = new Map<Subject, number[]>(subjects.map((subject) => [subject, []]));
  for (let i = 0; i < rounds + 20; i++) {
    // The order rotates, so that no state always runs on the heap that another one has filled.
    for (let j = 0; j < subjects.length; j++) {
      const subject = subjects[(i + j) % subjects.length];
      if (subject === undefined) continue;
      const time = await round(subject, sends);
      if (i >= 20) times.get(subject)?.push(time);
    }
  }
  console.log(`\n${title}: CPU microseconds a send, ${rounds} rounds of ${sends}`);
  console.log(`  ${"".padEnd(36)}   median     p10   difference in the same round: median     p10`);
  const base = subjects[0] === undefined ? [] : (times.get(subjects[0]) ?? []);
  for (const subject of subjects) {
    const list = times.get(subject) ?? [];
    const differences = list.map((time, i) => time - (base[i] ?? Number.NaN));
    const columns = [quantile(list, 0.5).toFixed(1), quantile(list, 0.1).toFixed(1)];
    const paired = [signed(quantile(differences, 0.5)), signed(quantile(list, 0.1) - quantile(base, 0.1))];
    console.log(
      `  ${subject.name.padEnd(36)}${columns.map((column) => column.padStart(8)).join("")}${paired
        .map((column, i) => column.padStart(i === 0 ? 38 : 8))
        .join("")}`,
    );
  }
}

function quantile(list: readonly number[], q: number): number {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * q)] ?? Number.NaN;
}

function signed(value: number): string {
  return `${value < 0 ? "" : "+"}${value.toFixed(1)}`;
}

async function heapAfter(subject: Subject, sends: number): Promise<void> {
  const measure = (): number => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed / 1e6;
  };
  for (let i = 0; i < 20; i++) await round(subject, 500);
  const before = measure();
  for (let i = 0; i < sends / 500; i++) await round(subject, 500);
  // Spans that wait for the next export are not a leak.
  await new Promise((resolve) => setTimeout(resolve, 6000));
  console.log(`  ${subject.name.padEnd(36)} heap ${before.toFixed(1)} MB -> ${measure().toFixed(1)} MB`);
}

const stub = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => {
    body += chunk.toString();
  });
  request.on("end", () => {
    const parsed = JSON.parse(body) as { id: number } | { id: number }[];
    const answer = Array.isArray(parsed)
      ? parsed.map(({ id }) => ({ jsonrpc: "2.0", id, result: "0x1" }))
      : { jsonrpc: "2.0", id: parsed.id, result: "0x1" };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
});
await new Promise<void>((resolve) => {
  stub.listen(0, "127.0.0.1", resolve);
});
const url = `http://127.0.0.1:${(stub.address() as AddressInfo).port}`;

await compare("transport in memory, not batched", createSubjects(1), SENDS, ROUNDS);
await compare("transport in memory, batches of 100", createSubjects(100), SENDS, ROUNDS);
await compare("HTTP on the loopback, not batched", createSubjects(1, url), 50, Math.ceil(ROUNDS / 3));
await compare("HTTP on the loopback, batches of 100", createSubjects(100, url), SENDS, Math.ceil(ROUNDS / 3));
if (process.argv[3] === "no-heap") process.exit(0);
console.log("\nheap after 100 000 sends:");
for (const subject of createSubjects(100)) await heapAfter(subject, 100_000);
console.log(`\n${sink} sends`);
stub.close();
stub.closeAllConnections();
process.exit(0);
