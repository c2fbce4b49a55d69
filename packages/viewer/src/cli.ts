#!/usr/bin/env node
/**
 * The command of this package: the viewer, until it is interrupted.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { startViewer } from "./start_viewer.ts";

const HELP = `Shows traces without a back end: takes OTLP over HTTP, draws each trace here and on a page.

  npx @dcmx-tracing/viewer [--port 4318] [--host 127.0.0.1] [--quiet]

  --port   where applications send to, and where the page is; 0 takes a free port
  --host   beyond loopback everybody who reaches it sees the traces
  --quiet  draws nothing in the terminal
`;

/** Runs the command until it is interrupted; resolves with the exit status. */
async function main(args: string[]): Promise<number> {
  let values: { port?: string; host?: string; quiet?: boolean; help?: boolean };
  try {
    ({ values } = parseArgs({
      args,
      options: {
        port: { type: "string" },
        host: { type: "string" },
        quiet: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return 2;
  }
  if (values.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  try {
    const viewer = await startViewer({
      ...(values.port === undefined ? {} : { port: Number(values.port) }),
      ...(values.host === undefined ? {} : { host: values.host }),
      stream: values.quiet === true ? undefined : process.stdout,
    });
    process.stdout.write(
      `Traces: ${viewer.url} (send OTLP over HTTP to the same address; stop with Ctrl-C)\n\n`,
    );
    await new Promise<void>((resolve) => {
      process.once("SIGINT", resolve);
      process.once("SIGTERM", resolve);
    });
    await viewer.close();
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

// The build for require() has no top-level await. main does not reject.
void main(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
