// The smallest useful program: one transaction, seen in the terminal. It needs a chain, for example `npx anvil`.
import { initTracing, startSpan } from "@dcmx-tracing/core";
import { instrumentProvider } from "@dcmx-tracing/ethers-instrumentation";
import { treePrinter } from "@dcmx-tracing/viewer";
import { JsonRpcProvider } from "ethers";

const tracing = initTracing({ serviceName: "quickstart", exporter: "none", spanProcessors: [treePrinter()] });
const provider = instrumentProvider(new JsonRpcProvider(process.argv[2] ?? "http://127.0.0.1:8545"));
const signer = await provider.getSigner();

await startSpan("quickstart.send_transaction", async () => {
  const sent = await signer.sendTransaction({ to: signer.address, value: 1n });
  await sent.wait();
});

provider.destroy();
await tracing.shutdown();
