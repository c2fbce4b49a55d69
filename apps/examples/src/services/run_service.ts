import { startTelemetry } from "../telemetry.ts";
import type { ServiceCommand, ServiceConfig, ServiceMessage, ServiceName } from "./service_config.ts";

/** A service that runs. */
export interface RunningService {
  readonly url: string;
  close(): Promise<void>;
}

/** Tells the process that started this one. */
export function tell(message: ServiceMessage): void {
  process.send?.(message);
}

/**
 * Runs a service in this process, which `fork()` started: it starts with the telemetry, then loads the service, and
 * stops in the other order when it is told to.
 */
export function runService(
  name: ServiceName,
  start: (config: ServiceConfig) => Promise<RunningService>,
): void {
  let stop = async (): Promise<void> => {};
  let flush = async (): Promise<void> => {};
  const handlers: {
    [K in ServiceCommand["kind"]]: (command: Extract<ServiceCommand, { kind: K }>) => Promise<void>;
  } = {
    start: async ({ config }) => {
      const telemetry = await startTelemetry({
        serviceName: `dcmx-${name}`,
        otlpEndpoint: config.otlpEndpoint,
        secrets: [config.signerKey, config.watermarkKey],
        disabled: config.untraced,
      });
      const service = await start(config);
      flush = async () => {
        await telemetry.flush();
        tell({ kind: "flushed" });
      };
      stop = async () => {
        await service.close();
        tell({ kind: "stopped", receipt: await telemetry.shutdown() });
        process.disconnect?.();
      };
      tell({ kind: "ready", url: service.url, metricsUrl: telemetry.metricsUrl });
    },
    flush: () => flush(),
    stop: () => stop(),
  };
  process.on("message", (command: ServiceCommand) => {
    // The kind chooses the handler of its own command; TypeScript cannot follow that through the index.
    const handler = handlers[command.kind] as (command: ServiceCommand) => Promise<void>;
    handler(command).catch((error: unknown) => {
      process.stderr.write(`${name}: ${error instanceof Error ? error.stack : error}\n`);
      process.exit(1);
    });
  });
  // Ctrl+C reaches every process of the terminal; the one that started this one stops it in good order.
  process.on("SIGINT", () => {});
  // Without the process that started it nobody would stop it.
  process.on("disconnect", () => process.exit());
}
