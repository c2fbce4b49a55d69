import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";

/** A server that runs as a child process. */
export interface RunningProcess {
  readonly pid: number;
  /** What it has printed so far. */
  output(): string;
  /** Asks it to end and waits for that. */
  stop(): Promise<void>;
}

/** Starts a server and waits until `ready` answers true; fails with what the server printed when it ends before. */
export async function startProcess(
  path: string,
  args: readonly string[],
  ready: (output: string) => Promise<boolean>,
  env: Readonly<Record<string, string>> = {},
): Promise<RunningProcess> {
  const child = spawn(path, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  // A test run that crashes leaves no server behind.
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += String(chunk)));
  const running: RunningProcess = { pid: child.pid ?? 0, output: () => text, stop: () => stop(child) };
  try {
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`${path} has ended with ${child.exitCode}:\n${text}`);
      return ready(text);
    }, `${path} answers`);
  } catch (error) {
    await running.stop();
    throw new Error(`${error instanceof Error ? error.message : error}\n${text}`);
  }
  return running;
}

/** Asks again and again until the answer is true; a real server has no event to wait for. */
export async function until(
  question: () => Promise<boolean>,
  what: string,
  timeoutMs: number = 60_000,
): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await question())) {
    if (performance.now() > end) throw new Error(`Not true within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Whether an address answers with a success status. */
export async function answers(url: string): Promise<boolean> {
  try {
    // An idle connection would hold up the server's end.
    const response = await fetch(url, { headers: { connection: "close" } });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false; // it does not listen yet
  }
}

/** Ports that are free now. They are looked for together, so that they differ. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port); // it listens on a port
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await ended;
  clearTimeout(force);
}
