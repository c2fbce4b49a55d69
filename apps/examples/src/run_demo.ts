import type { TracingReceipt } from "@dcmx-tracing/core";
import { startAnvil } from "./chain/start_anvil.ts";
import { startCollector } from "./collector/start_collector.ts";
import { ContractCallError } from "./contract_call_error.ts";
import { type MetricsTable, metricsTable } from "./metrics_table.ts";
import { createScenario, type Scenario } from "./scenario.ts";
import { drawTraces, instrumentChain, startTelemetry } from "./telemetry.ts";
import { onboardArtist } from "./workflows/artist_onboarding.ts";
import { mintNft } from "./workflows/nft_minting.ts";
import { handleSecondarySale } from "./workflows/secondary_market_royalty.ts";

/** Options of {@linkcode runDemo}. */
export interface DemoOptions {
  /** Takes the text. */
  readonly write: (text: string) => void;
  /** The columns of the waterfalls. */
  readonly width: number;
  readonly color: boolean;
}

/** Runs the three workflows on a local chain and shows what they left: traces, metrics, the receipt. */
export async function runDemo({ write, width, color }: DemoOptions): Promise<void> {
  const anvil = await startAnvil();
  const collector = await startCollector();
  try {
    const scenario = await createScenario(anvil.url);
    write(`A local chain (anvil) runs at ${anvil.url}, the contracts of DCMX are deployed.\n\n`);
    const telemetry = await startTelemetry({
      serviceName: "dcmx",
      otlpEndpoint: collector.url,
      secrets: scenario.secrets,
    });
    instrument(scenario);
    const outcome = await runWorkflows(scenario);
    await telemetry.tracing.flush();
    write(`${drawTraces(collector.spans(), { width, color })}\n\n${outcome}\n\n`);
    const page = String(telemetry.metrics.url);
    const { lines, others } = await scrape(page);
    write(`Metrics, scraped from ${page} (and ${others} more series there):\n`);
    write(`${lines.map((line) => `  ${line}\n`).join("")}\n`);
    write(describeReceipt(await telemetry.shutdown(), collector.url));
    scenario.close();
  } finally {
    await collector.stop();
    await anvil.stop();
  }
}

/** Traces the platform's use of the chain. */
export function instrument({ platform, provider, operator }: Scenario): void {
  instrumentChain(provider, operator, [platform.badges, platform.market, platform.tracks]);
}

/** The guide's three workflows, and the third once more for the same sale: the contract refuses to pay it twice. */
export async function runWorkflows({
  application,
  platform,
  sellTrack,
  shares,
  track,
}: Scenario): Promise<string> {
  await onboardArtist(platform, application);
  const { tokenId } = await mintNft(platform, track);
  const purchaseHash = await sellTrack(tokenId);
  await handleSecondarySale(platform, { purchaseHash, shares });
  try {
    await handleSecondarySale(platform, { purchaseHash, shares });
  } catch (error) {
    if (!(error instanceof ContractCallError)) throw error;
    return `The last trace is meant to fail, as the royalty of one sale is not paid twice: ${error.errorName}`;
  }
  throw new Error("The royalty of one sale was paid twice");
}

/** Scrapes the page over HTTP, as Prometheus does. */
async function scrape(page: string): Promise<MetricsTable> {
  const response = await fetch(page);
  if (!response.ok) throw new Error(`Cannot scrape ${page}: status ${response.status}`);
  return metricsTable(await response.text());
}

function describeReceipt(receipt: TracingReceipt, endpoint: string): string {
  return [
    `Spans: ${receipt.started} started, ${receipt.exported} exported to ${endpoint} (${receipt.bytes} bytes), ${receipt.dropped} dropped, ${receipt.failed} failed; ${receipt.redacted} values redacted.`,
    "",
  ].join("\n");
}
