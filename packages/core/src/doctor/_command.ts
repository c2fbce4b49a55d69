import { parseArgs } from "node:util";
import { messageOf } from "../lifecycle/_diagnostics.ts";
import { renderReport } from "./_render_report.ts";
import { watchProcess } from "./_watch_process.ts";
import { type DiagnoseOptions, diagnose } from "./diagnose.ts";
import { type DoctorReport, finding } from "./doctor_report.ts";
import type { DoctorRun } from "./run_doctor.ts";

const USAGE = `Usage: dcmx-tracing doctor [options] [-- command ...]

Finds out why traces do not arrive. The configuration is read from the environment.

  --send               send a test trace and read it back from Jaeger
  --jaeger URL         Jaeger's query service (default: port 16686 of the collector's host)
  --metrics URL        a Prometheus page to check
  --rpc URL            an Ethereum JSON-RPC endpoint to check
  --timeout MS         bound of each step on the network (default: 3000)
  --json               print the report as JSON
  -- command ...       run a Node application, and report what its tracing did

Exit status: 0 healthy, 1 warnings, 2 broken or wrong usage.
`;

/**
 * The work of `runDoctor`.
 *
 * @param args The arguments behind the program's name.
 */
export async function runCommand(args: readonly string[]): Promise<DoctorRun> {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return { stdout: "", stderr: `${messageOf(error)}\n\n${USAGE}`, exitCode: 2 };
  }
  const { values, command } = parsed;
  if (values.help === true) return { stdout: USAGE, stderr: "", exitCode: 0 };
  const { report, stderr } = await examine(values, command);
  const stdout = values.json === true ? `${JSON.stringify(report, undefined, 2)}\n` : renderReport(report);
  return { stdout, stderr, exitCode: report.exitCode };
}

type Values = ReturnType<typeof parse>["values"];

function parse(args: readonly string[]) {
  const end = args.indexOf("--");
  const own = end < 0 ? args : args.slice(0, end);
  const { values, positionals } = parseArgs({
    args: own.filter((item, index) => !(index === 0 && item === "doctor")),
    options: {
      send: { type: "boolean" },
      jaeger: { type: "string" },
      metrics: { type: "string" },
      rpc: { type: "string" },
      timeout: { type: "string" },
      json: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
    allowPositionals: true,
  });
  if (positionals.length > 0) throw new TypeError(`Unknown command '${positionals[0]}'`);
  if (values.timeout !== undefined && !(Number(values.timeout) > 0)) {
    throw new RangeError(`'--timeout' must be a number of milliseconds: current value is ${values.timeout}`);
  }
  return { values, command: end < 0 ? [] : args.slice(end + 1) };
}

async function examine(
  values: Values,
  command: readonly string[],
): Promise<{ report: DoctorReport; stderr: string }> {
  const options: DiagnoseOptions = {
    ...(values.send === undefined ? {} : { send: values.send }),
    ...(values.jaeger === undefined ? {} : { jaegerUrl: values.jaeger }),
    ...(values.metrics === undefined ? {} : { metricsUrl: values.metrics }),
    ...(values.rpc === undefined ? {} : { rpcUrl: values.rpc }),
    ...(values.timeout === undefined ? {} : { timeoutMs: Number(values.timeout) }),
  };
  const [name, ...rest] = command;
  if (name === undefined) return { report: await diagnose(options), stderr: "" };
  const watched = await watchProcess([name, ...rest]);
  const report = await diagnose(watched.facts === undefined ? options : { ...options, facts: watched.facts });
  const stderr = `${command.join(" ")}: ${watched.exit}\n`;
  if (watched.facts !== undefined) return { report, stderr };
  return { report: withoutFacts(report, watched.exit), stderr };
}

function withoutFacts(report: DoctorReport, exit: string): DoctorReport {
  const cause = "the command told nothing about itself";
  const fix = "Give a command that runs Node, and let it end by itself or with SIGINT.";
  const missing = finding("error", "process.no_facts", cause, exit, fix);
  return { ...report, status: "broken", exitCode: 2, findings: [missing, ...report.findings] };
}
