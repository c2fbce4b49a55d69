/** What the command prints and ends with. */
export interface DoctorRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/**
 * The command line of the doctor, without the process around it.
 *
 * @param args The arguments behind the program's name.
 * @returns What to print and the exit status.
 *
 * @example Run the doctor from a script of your own
 * ```ts
 * import { runDoctor } from "@dcmx-tracing/core";
 *
 * const { exitCode, stdout } = await runDoctor(["--help"]);
 * if (exitCode !== 0 || !stdout.startsWith("Usage:")) throw new Error("help is no failure");
 * ```
 */
export async function runDoctor(args: readonly string[]): Promise<DoctorRun> {
  const { runCommand } = await import("./_command.ts");
  return runCommand(args);
}
