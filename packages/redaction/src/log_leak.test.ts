import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { redactingLogProcessor } from "./redacting_log_processor.ts";
import { type Receiver, startReceiver } from "./testing/_receiver.ts";

const KEY = "4f9063db53d9f3b7701001e59da7f36a1b1407a09b137189d3e946b4455d3f57";

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

type Emit = (provider: LoggerProvider) => void;
const log =
  (write: (logger: ReturnType<LoggerProvider["getLogger"]>) => void): Emit =>
  (provider) =>
    write(provider.getLogger("mint"));

const SURFACES: Readonly<Record<string, Emit>> = {
  body: log((l) => l.emit({ body: `loaded ${KEY}` })),
  "body of fields": log((l) => l.emit({ body: { input: { list: [`0x${KEY}`] } } })),
  "attribute value": log((l) => l.emit({ body: "b", attributes: { "args.0": `0x${KEY}` } })),
  "attribute name": log((l) => l.emit({ body: "b", attributes: { [`of.${KEY}`]: 1 } })),
  "rich attribute": log((l) => l.emit({ body: "b", attributes: { input: { key: KEY } } })),
  "event name": log((l) => l.emit({ body: "b", eventName: `event ${KEY}` })),
  "severity text": log((l) => l.emit({ body: "b", severityText: KEY })),
  exception: log((l) => l.emit({ body: "b", exception: new Error(`invalid private key ${KEY}`) })),
  scope: (provider) => provider.getLogger(`scope ${KEY}`, `v ${KEY}`).emit({ body: "b" }),
};

for (const [surface, write] of Object.entries(SURFACES)) {
  test(`redactingLogProcessor() lets no byte of a key reach the receiver: ${surface}, and the resource`, async () => {
    const exporter = new OTLPLogExporter({ url: `${receiver.url}/v1/logs` });
    const resource = resourceFromAttributes({
      "service.name": "mint",
      "process.command_line": `mint --private-key ${KEY}`,
    });
    const processors = [redactingLogProcessor(new BatchLogRecordProcessor({ exporter }))];
    const provider = new LoggerProvider({ processors, resource });
    write(provider);
    await provider.forceFlush();
    await provider.shutdown();
    const bytes = receiver.text().toLowerCase();
    expect(bytes).toContain("service.name");
    expect(bytes).not.toContain(KEY.slice(0, 20));
    expect(bytes).not.toContain(KEY.slice(-20));
  });
}

test("redactingLogProcessor() leaves a record out that cannot be read or written to, and does not throw", () => {
  const bodies: unknown[] = [];
  const processor = redactingLogProcessor({
    onEmit: (record: { body?: unknown; attributes: object }) => void bodies.push(record.body),
    forceFlush: async () => {},
    shutdown: async () => {},
  });
  const unreadable = Object.defineProperty({}, "attributes", {
    get: () => {
      throw new Error(KEY);
    },
  }) as { attributes: object };
  expect(() => processor.onEmit(unreadable)).not.toThrow();
  processor.onEmit({ body: "clean", attributes: Object.freeze({ note: KEY }) });
  processor.onEmit({ body: "clean", attributes: Object.freeze({ note: "fine" }) });
  expect(bodies).toEqual(["clean"]);
});
