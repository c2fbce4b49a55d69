// The three subjects of the benchmarks of metrics, each with a page on a port of its own.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { defineMetrics, initMetrics } from "@dcmx-tracing/metrics";
import type { Meter } from "@opentelemetry/api";
import { PrometheusExporter } from "@opentelemetry/exporter-prometheus";
import { MeterProvider } from "@opentelemetry/sdk-metrics";
import promClient from "prom-client";

export const BOUNDS: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30,
];
export const LABELS = ["network", "status", "shard"] as const;

/** Labels of the series `i`: three short strings. */
export function labelsOf(i: number): { network: string; status: string; shard: string } {
  return { network: `net-${i % 7}`, status: i % 2 === 0 ? "minted" : "failed", shard: `shard-${i}` };
}

/** A library under test: makes series and serves them. */
export interface Subject {
  readonly name: string;
  readonly url: string;
  counter(name: string): (labels: Record<string, string>) => void;
  histogram(name: string): (value: number, labels: Record<string, string>) => void;
  close(): Promise<void>;
}

export async function ours(): Promise<Subject> {
  const metrics = await initMetrics({ prometheus: { port: 0, scopeLabels: false, targetInfo: false } });
  return {
    name: "dcmx",
    url: String(metrics.url),
    counter(name) {
      const { it } = defineMetrics({ it: { name, instrument: "counter", unit: "{it}" } });
      return (labels) => it.add(1, labels);
    },
    histogram(name) {
      const { it } = defineMetrics({ it: { name, instrument: "histogram", unit: "s", buckets: BOUNDS } });
      return (value, labels) => it.record(value, labels);
    },
    close: () => metrics.shutdown(),
  };
}

export async function stock(): Promise<Subject & { readonly meter: Meter }> {
  const exporter = new PrometheusExporter({
    preventServerStart: true,
    withoutScopeInfo: true,
    withoutTargetInfo: true,
  });
  const provider = new MeterProvider({ readers: [exporter] });
  const meter = provider.getMeter("bench");
  const server = createServer((request, response) => exporter.getMetricsRequestHandler(request, response));
  return {
    name: "exporter-prometheus",
    meter,
    url: await listen(server),
    counter(name) {
      const counter = meter.createCounter(name);
      return (labels) => counter.add(1, labels);
    },
    histogram(name) {
      const histogram = meter.createHistogram(name, { advice: { explicitBucketBoundaries: [...BOUNDS] } });
      return (value, labels) => histogram.record(value, labels);
    },
    async close() {
      server.close();
      await provider.shutdown();
    },
  };
}

export async function prom(): Promise<Subject & { readonly registry: promClient.Registry }> {
  const registry = new promClient.Registry();
  const server = createServer(async (_request, response) => {
    response.setHeader("content-type", registry.contentType);
    response.end(await registry.metrics());
  });
  const registers = [registry];
  return {
    name: "prom-client",
    registry,
    url: await listen(server),
    counter(name) {
      const counter = new promClient.Counter({ name, help: name, labelNames: [...LABELS], registers });
      return (labels) => counter.inc(labels, 1);
    },
    histogram(name) {
      const histogram = new promClient.Histogram({
        name,
        help: name,
        labelNames: [...LABELS],
        buckets: [...BOUNDS],
        registers,
      });
      return (value, labels) => histogram.observe(labels, value);
    },
    async close() {
      server.close();
    },
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an AddressInfo.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
}
