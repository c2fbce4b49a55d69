#!/usr/bin/env node
/**
 * The command `dcmx-tracing`, with the doctor as its one subcommand.
 *
 * @module
 */

import { runDoctor } from "./doctor/run_doctor.ts";

const { stdout, stderr, exitCode } = await runDoctor(process.argv.slice(2));
process.stderr.write(stderr);
process.stdout.write(stdout);
process.exitCode = exitCode;
