import { toQuantity } from "ethers";
import { type LatencySummary, overheadPercent, summarizeLatencies } from "./load_statistics.ts";
import { buyerWallet, createArtist } from "./people.ts";
import { describeReceipts } from "./run_demo.ts";
import { type Platform, type PlatformOptions, startPlatform } from "./start_platform.ts";
import { type Outcome, onboard, order, sell } from "./workflows.ts";

/** Options of {@linkcode runLoad}. */
export interface LoadOptions extends Omit<PlatformOptions, "databaseUrl" | "rpcUrl" | "untraced"> {
  /** How often each workflow runs. */
  readonly count: number;
  /** How many of them run at the same time. @default 4 */
  readonly workers?: number;
  readonly write: (text: string) => void;
}

const WORKFLOWS = ["onboarding", "order", "sale"] as const;
type Latencies = Readonly<Record<(typeof WORKFLOWS)[number], number[]>>;

/**
 * Repeats the workflows on two platforms, one with telemetry and one without, each with a chain and a database of its
 * own. They take turns within every repetition, so that what else the machine does hits both alike.
 */
export async function runLoad(options: LoadOptions): Promise<void> {
  const { count, workers = 4, write } = options;
  const traced = await startPlatform(options);
  let untraced: Platform | undefined;
  try {
    untraced = await startPlatform({ ...options, untraced: true });
    traced.collector.discard();
    const platforms = { traced, untraced };
    const latencies = { traced: emptyLatencies(), untraced: emptyLatencies() };
    let next = 0;
    let done = 0;
    const step = Math.max(1, Math.floor(count / 10));
    const work = async (): Promise<void> => {
      for (let index = next++; index < count; index = next++) {
        const turns = index % 2 === 0 ? (["traced", "untraced"] as const) : (["untraced", "traced"] as const);
        for (const turn of turns) await repeat(platforms[turn], index, latencies[turn]);
        done += 1;
        if (done % step === 0) write(`  ${done} of ${count}\n`);
      }
    };
    write(`Each workflow ${count} times with tracing and ${count} times without, ${workers} at a time:\n`);
    await Promise.all(Array.from({ length: workers }, work));
    write(describeLoad(latencies, workers));
    write(describeReceipts(await traced.stopServices()));
    await untraced.stopServices();
  } finally {
    await untraced?.stop();
    await traced.stop();
  }
}

function emptyLatencies(): Latencies {
  return { onboarding: [], order: [], sale: [] };
}

async function repeat(platform: Platform, index: number, latencies: Latencies): Promise<void> {
  const artist = await createArtist(index);
  const buyer = buyerWallet(index);
  for (const { address } of [artist.wallet, buyer]) {
    await platform.outside.send("anvil_setBalance", [address, toQuantity(10n ** 20n)]);
  }
  const body = artist.order(`Track ${index}`, platform.watermarkKey);
  const measure = async (
    name: keyof Latencies,
    action: () => Promise<Outcome>,
  ): Promise<Outcome["result"]> => {
    const start = performance.now();
    const { result } = await action();
    if ("code" in result) throw new Error(`The workflow '${name}' was refused: ${result.code}`);
    latencies[name].push(performance.now() - start);
    return result;
  };
  await measure("onboarding", () => onboard(platform, artist));
  const { tokenId } = await measure("order", () => order(platform, body));
  await measure("sale", () => sell(platform, artist, String(tokenId), buyer));
}

function describeLoad(
  latencies: Readonly<Record<"traced" | "untraced", Latencies>>,
  workers: number,
): string {
  const lines = [
    "",
    `${"".padEnd(24)}${"per second".padStart(11)}${"p50 ms".padStart(9)}${"p95 ms".padStart(9)}${"p99 ms".padStart(9)}`,
  ];
  for (const name of WORKFLOWS) {
    const traced = summarizeLatencies(latencies.traced[name]);
    const untraced = summarizeLatencies(latencies.untraced[name]);
    lines.push(
      describeRow(`${name} with tracing`, traced, workers),
      describeRow(`${name} without`, untraced, workers),
    );
    lines.push(`  tracing adds ${overheadPercent(traced, untraced).toFixed(1)} % to the median`);
  }
  return `${lines.join("\n")}\n`;
}

function describeRow(title: string, { count, p50, p95, p99, sum }: LatencySummary, workers: number): string {
  const perSecond = sum === 0 ? 0 : (count * workers * 1_000) / sum;
  const cells = [p50, p95, p99].map((millis) => millis.toFixed(1).padStart(9));
  return `${title.padEnd(24)}${perSecond.toFixed(1).padStart(11)}${cells.join("")}`;
}
