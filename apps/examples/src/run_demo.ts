import type { TracingReceipt } from "@dcmx-tracing/core";
import { metricsTable } from "./metrics_table.ts";
import { type Artist, createArtist } from "./people.ts";
import { type Platform, type PlatformOptions, startPlatform } from "./start_platform.ts";
import { drawTraces } from "./telemetry.ts";
import { leak, type Outcome, onboard, order, orderWhileStuck, payOut, sell } from "./workflows.ts";

/** Options of {@linkcode runDemo}. */
export interface DemoOptions extends PlatformOptions {
  /** Takes the text. */
  readonly write: (text: string) => void;
  /** The columns of the waterfalls. */
  readonly width: number;
  readonly color: boolean;
  /** Leaves the services running until it resolves. @default they are stopped at once */
  readonly keepUntil?: Promise<unknown>;
}

/** A workflow that ran, with what a reader should know of it. */
export interface Scene extends Outcome {
  readonly title: string;
}

/** Runs the workflows on the platform and shows what they left: traces, metrics, the receipt. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const { write } = options;
  const platform = await startPlatform(options);
  try {
    write(describePlatform(platform));
    const scenes = await playScenes(platform);
    await Promise.all(Object.values(platform.services).map((service) => service.flush()));
    write(scenes.map((scene, index) => drawScene(scene, index, platform, options)).join("\n\n"));
    write(await describeMetrics(platform));
    if (options.keepUntil !== undefined) {
      write("\nThe services are up; stop them with Ctrl+C.\n");
      await options.keepUntil;
    }
    write(describeReceipts(await platform.stopServices()));
    write(whereToLook(options));
  } finally {
    await platform.stop();
  }
}

/** The three workflows of the guide, and then what goes wrong on purpose. */
export async function playScenes(platform: Platform): Promise<Scene[]> {
  const scenes: Scene[] = [];
  const play = async (title: string, action: Promise<Outcome>): Promise<Outcome> => {
    const outcome = await action;
    scenes.push({ ...outcome, title });
    return outcome;
  };
  const artist = await createArtist(0);
  const track = (title: string, damage?: Parameters<Artist["order"]>[2]): object =>
    artist.order(title, platform.watermarkKey, damage);
  await play("An artist is onboarded", onboard(platform, artist));
  const minted = await play(
    "A track is ordered: watermark, proof, mint, first sale",
    order(platform, track("Blue Hour")),
  );
  const sold = await play(
    "The market sells the token: its royalty is paid",
    sell(platform, artist, String(minted.result.tokenId)),
  );
  await play(
    "On purpose: the royalty is asked for once more, and the contract reverts",
    payOut(platform, String(sold.result.purchaseHash)),
  );
  await play("On purpose: a track whose watermark is lost", order(platform, track("Noise", loseWatermark)));
  platform.proxy.throttle("eth_sendRawTransaction", 2);
  await play("On purpose: the RPC endpoint is busy (429) twice", order(platform, track("Patience")));
  await play(
    "On purpose: a mint gets stuck and is replaced with higher fees",
    orderWhileStuck(platform, track("Hurry")),
  );
  await play("On purpose: an error message repeats a private key", leak(platform));
  return scenes;
}

/** What is left of audio that was squeezed into a narrow channel: the mean of eight samples for each of them. */
function loseWatermark(audio: Float32Array): Float32Array {
  return audio.map((_sample, index) => {
    const block = audio.subarray(index - (index % 8), index - (index % 8) + 8);
    return block.reduce((sum, sample) => sum + sample, 0) / block.length;
  });
}

function describePlatform({ databaseUrl, rpcUrl, services }: Platform): string {
  const lines = Object.values(services).map(({ name, url }) => `  ${`dcmx-${name}`.padEnd(15)} ${url}`);
  return [
    "DCMX runs as three services, each a process of its own:",
    ...lines,
    `  ${"chain".padEnd(15)} ${rpcUrl}`,
    `  ${"database".padEnd(15)} ${new URL(databaseUrl).host}`,
    "",
    "",
  ].join("\n");
}

function drawScene(
  { result, title, traceId }: Scene,
  index: number,
  { collector }: Platform,
  options: DemoOptions,
): string {
  const spans = collector.spans().filter((span) => span.spanContext().traceId === traceId);
  const outcome = Object.entries(result).map(([key, value]) => `${key}=${value}`);
  return `${index + 1}. ${title}\n   ${outcome.join(" ")}\n\n${drawTraces(spans, { width: options.width, color: options.color })}`;
}

async function describeMetrics({ services }: Platform): Promise<string> {
  const parts: string[] = ["", ""];
  for (const { metricsUrl, name } of Object.values(services)) {
    if (metricsUrl === undefined) continue;
    const response = await fetch(metricsUrl);
    if (!response.ok) throw new Error(`Cannot scrape ${metricsUrl}: status ${response.status}`);
    const { lines, others } = metricsTable(await response.text());
    parts.push(`Metrics of dcmx-${name}, scraped from ${metricsUrl} (${others} more series there)`);
    parts.push(...lines.map((line) => `  ${line}`), "");
  }
  return parts.join("\n");
}

/** What became of the spans of each service. */
export function describeReceipts(receipts: Readonly<Record<string, TracingReceipt>>): string {
  const lines = Object.entries(receipts).map(([name, receipt]) => {
    const { dropped, exported, failed, redacted, started } = receipt;
    return `  dcmx-${name.padEnd(10)} ${started} started, ${exported} exported, ${dropped} dropped, ${failed} failed, ${redacted} values redacted`;
  });
  return ["", "Spans", ...lines, ""].join("\n");
}

function whereToLook({ otlpUrl }: DemoOptions): string {
  return [
    "",
    "To look further: apps/examples/README.md explains these traces; TRACING.md is the guide.",
    otlpUrl === undefined
      ? "With a Jaeger (scripts/start-tracing.sh): npm run demo -- --otlp http://localhost:4318, then http://localhost:16686."
      : `The traces were sent to ${otlpUrl} as well.`,
    "",
  ].join("\n");
}
