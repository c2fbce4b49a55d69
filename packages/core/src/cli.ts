#!/usr/bin/env node
/**
 * The command `dcmx-tracing`, with the doctor as its one subcommand.
 *
 * @module
 */

import { runDoctor } from "./doctor/run_doctor.ts";

// The build for require() has no top-level await. runDoctor does not reject.
void runDoctor(process.argv.slice(2)).then(({ stdout, stderr, exitCode }) => {
  process.stderr.write(stderr);
  process.stdout.write(stdout);
  process.exitCode = exitCode;
});
