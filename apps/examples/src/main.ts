// The demo: `npm run demo` in the root of the repository, `npm run demo -- --help` for its options.
import { parseArgs } from "node:util";
import { runDemo } from "./run_demo.ts";
import { runLoad } from "./run_load.ts";

const HELP = `npm run demo -- [options]

  --keep            leaves the services running until Ctrl+C
  --otlp URL        sends the traces to this collector as well, for example http://localhost:4318
  --load N          repeats the workflows N times, and compares them with a run without tracing
  --rpc URL         uses this chain; the accounts of the development mnemonic must have funds there
  --database URL    uses this Postgres
  --help            shows this text
`;

const { values } = parseArgs({
  options: {
    keep: { type: "boolean", default: false },
    otlp: { type: "string" },
    load: { type: "string" },
    rpc: { type: "string" },
    database: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
const { stdout } = process;
const write = (text: string): void => void stdout.write(text);

// Whoever ends by a signal takes the chain and the services along.
if (!values.keep) for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

if (values.help) {
  write(HELP);
} else if (values.load !== undefined) {
  const count = Number(values.load);
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(
      `Cannot run the load as --load must be a whole number above 0: current value is ${values.load}`,
    );
  }
  await runLoad({ count, write, otlpUrl: values.otlp });
} else {
  await runDemo({
    write,
    width: Math.max(80, Math.min(stdout.columns ?? 120, 140)),
    color: stdout.isTTY === true && stdout.hasColors(),
    rpcUrl: values.rpc,
    databaseUrl: values.database,
    otlpUrl: values.otlp,
    ...(values.keep ? { keepUntil: interrupted() } : {}),
  });
}

/** Ctrl+C reaches the whole group of processes, some of them twice: the listener stays, so that it ends nothing. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => resolve());
  });
}
