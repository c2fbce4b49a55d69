/**
 * An application of one span that ends in the way EXIT_PATH names. Run as a child process by the exit tests.
 */

import { isMainThread, Worker } from "node:worker_threads";
import { initTracing, startSpan } from "../mod.ts";

const path = process.env.EXIT_PATH ?? "return";

if (path.startsWith("worker") && isMainThread) {
  // On Node 20 a loader given with --import is not active in workers, so the worker registers it itself.
  const load = `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(import.meta.url)}); })`;
  const worker = new Worker(load, { eval: true });
  worker.on("error", (error) => process.stdout.write(`worker error ${error.message}\n`));
  worker.on("exit", (code) => process.stdout.write(`worker exit ${code}\n`));
} else run();

function run(): void {
  // The delay is longer than any of these processes live, so that nothing leaves but by the exit path.
  const tracing = initTracing({ serviceName: "exit-app", batch: { scheduleDelayMs: 60_000 } });
  startSpan("work", { attributes: { path } }, () => 1);
  switch (path) {
    case "exit":
    case "worker-exit":
      process.exit(7);
      return;
    case "throw":
    case "worker-throw":
      throw new Error("thrown by the application");
    case "reject":
      void Promise.reject(new Error("rejected by the application"));
      return;
    case "signal":
      setInterval(() => {}, 1000);
      process.stdout.write("ready\n");
      return;
    case "signal-listener":
      process.on("SIGTERM", () => {
        process.stdout.write("listener of the application\n");
        void tracing.shutdown().then(() => process.exit(3));
      });
      setInterval(() => {}, 1000);
      process.stdout.write("ready\n");
      return;
    case "shutdown":
      void tracing.shutdown().then((receipt) => process.stdout.write(`exported ${receipt.exported}\n`));
      return;
    default:
  }
}
