// Measures what infra/CAPACITY.md computes with: `pnpm --filter @dcmx-tracing/e2e capacity`. It sends mints of ten spans to
// a real Jaeger and reads bytes from the receipt, processor time from the kernel, and disk use from Badger's folder.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { initTracing, startSpan, type Tracing, type TracingOptions } from "@dcmx-tracing/core";
import { findServer } from "./servers/find_server.ts";
import { startJaeger } from "./servers/start_jaeger.ts";

const TRACES = Number(process.argv[2] ?? 10_000);
const WARM_UP = 1_000;

/** One measurement: per span. */
interface Figures {
  readonly wireBytes: number;
  readonly applicationMicroseconds: number;
  readonly jaegerMicroseconds: number;
  readonly jaegerMemoryBytes: number;
  readonly diskBytes: number;
}

/** How one measurement is set up. */
interface Setup {
  readonly config: string;
  readonly options: TracingOptions;
  readonly edit?: (text: string) => string;
  /** Milliseconds until Jaeger has dealt with what it has accepted. */
  readonly settleMs?: number;
}

const jaeger = findServer("jaeger").path;
const gzip: TracingOptions = { compression: "gzip" };
const setups: Record<string, Setup> = {
  "memory, no compression": { config: "jaeger/jaeger.yaml", options: {} },
  "memory, gzip": { config: "jaeger/jaeger.yaml", options: gzip },
  "Badger, gzip": { config: "jaeger/jaeger.prod.yaml", options: gzip },
  // The time of the decisions is in, the writing to Kafka is not.
  "tail sampling, decided": {
    config: "jaeger/scale/sampler.yaml",
    options: { protocol: "grpc" },
    edit: (text) => withoutKafka(text).replace("decision_wait: 30s", "decision_wait: 1s"),
    settleMs: 3_000,
  },
  // All traces are still waiting when memory is read.
  "tail sampling, waiting": {
    config: "jaeger/scale/sampler.yaml",
    options: { protocol: "grpc" },
    edit: withoutKafka,
  },
};
for (const [name, setup] of Object.entries(setups)) {
  const cells = Object.entries(await measure(setup)).map(([key, value]) => `${key} ${value.toFixed(1)}`);
  process.stdout.write(`${name}: ${cells.join(", ")}\n`);
}

function withoutKafka(text: string): string {
  return text
    .replace("exporters: [kafka]", "exporters: [nop]")
    .replace(/^ {2}kafka:\n(?: {4}.*\n)+/m, "  nop:\n");
}

async function measure({ config, options, edit, settleMs = 0 }: Setup): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), "dcmx-capacity-"));
  const server = await startJaeger(jaeger, config, { BADGER_DIR: folder }, edit);
  const otlpEndpoint = options.protocol === "grpc" ? `http://${server.otlpGrpc}` : server.otlpHttp;
  const tracing = initTracing({
    serviceName: "dcmx",
    otlpEndpoint,
    exitHandlers: false,
    logLevel: "error",
    ...options,
  });
  await send(tracing, WARM_UP);
  const before = { ...tracing.stats(), own: process.cpuUsage(), ...usageOf(server.pid) };
  await send(tracing, TRACES);
  const own = process.cpuUsage(before.own);
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  const used = usageOf(server.pid);
  const after = await tracing.shutdown();
  await server.stop();
  const spans = after.exported - before.exported;
  const figures = {
    wireBytes: (after.bytes - before.bytes) / spans,
    applicationMicroseconds: (own.user + own.system) / spans,
    jaegerMicroseconds: (used.microseconds - before.microseconds) / spans,
    jaegerMemoryBytes: (used.resident - before.resident) / spans,
    diskBytes: folderBytes(folder) / after.exported,
  };
  rmSync(folder, { recursive: true });
  return figures;
}

async function send(tracing: Tracing, traces: number): Promise<void> {
  for (let index = 0; index < traces; index += 1) {
    mint(index);
    // Flushed often enough that the bounded queue drops nothing.
    if (index % 200 === 199) await tracing.flush();
  }
  await tracing.flush();
}

/** Ten spans, shaped like those of a mint in apps/examples. Ids are spread, so that compression is not flattered. */
function mint(index: number): void {
  const hash = `0x${(BigInt(index + 1) * 0x9e3779b97f4a7c15f39cc0605cedc834n).toString(16).padStart(64, "7").slice(-64)}`;
  startSpan(
    "nft_minting_workflow",
    { attributes: { "artist.id": `artist_${index}`, "operation.status": "done" } },
    () => {
      startSpan(
        "nft_minting.verify_watermark",
        { attributes: { "watermark.valid": true, "watermark.confidence": 0.9 + (index % 100) / 1000 } },
        () => undefined,
      );
      startSpan("nft_minting.verify_zk_proof", { attributes: { "proof.valid": true } }, () => undefined);
      startSpan(
        "nft_minting.blockchain_mint",
        { attributes: { "tx.hash": hash, "nft.token_id": String(index), "nft.status": "minted" } },
        () => {
          startSpan(
            "contract.mint",
            {
              attributes: {
                "tx.hash": hash,
                "contract.method": "mint",
                "contract.address": hash.slice(0, 42),
              },
            },
            () => {
              for (const method of [
                "eth_estimateGas",
                "eth_getTransactionCount",
                "eth_sendRawTransaction",
                "eth_getTransactionReceipt",
              ]) {
                startSpan(
                  method,
                  {
                    kind: 2,
                    attributes: {
                      "rpc.system.name": "jsonrpc",
                      "rpc.method": method,
                      "server.address": "rpc.example.com",
                      "server.port": 443,
                      "blockchain.chain_id": 137,
                      "jsonrpc.request.id": String(index),
                    },
                  },
                  () => undefined,
                );
              }
            },
          );
          startSpan(
            "tx.wait",
            {
              attributes: {
                "tx.hash": hash,
                "tx.status": "success",
                "tx.gas_used": 91_850 + (index % 50),
                "tx.block_number": index,
              },
            },
            () => undefined,
          );
        },
      );
    },
  );
}

/** Processor time and resident memory of a process. */
function usageOf(pid: number): { readonly microseconds: number; readonly resident: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  const setting = (name: string): number => Number(execFileSync("getconf", [name], { encoding: "utf8" }));
  const ticks = Number(fields[11]) + Number(fields[12]);
  return {
    microseconds: (ticks / setting("CLK_TCK")) * 1e6,
    resident: Number(fields[21]) * setting("PAGE_SIZE"),
  };
}

function folderBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, file) => sum + file.blocks * 512, 0);
}
