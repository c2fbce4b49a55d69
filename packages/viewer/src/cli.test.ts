import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const tsx = createRequire(import.meta.url).resolve("tsx/cli");
const cli = fileURLToPath(new URL("cli.ts", import.meta.url));

function start(...args: string[]) {
  const child = spawn(process.execPath, [tsx, cli, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => (output.stdout += chunk));
  child.stderr.on("data", (chunk) => (output.stderr += chunk));
  return { child, output, closed: once(child, "close") };
}

test("the command serves the page until it is interrupted, and draws what it gets", async () => {
  const { child, output, closed } = start("--port", "0");
  let url: string | undefined;
  while (url === undefined) {
    await once(child.stdout, "data");
    url = /http:\/\/127\.0\.0\.1:\d+/.exec(output.stdout)?.[0];
  }
  const span = { traceId: "a".repeat(32), spanId: "b".repeat(16), name: "from_outside" };
  await fetch(`${url}/v1/traces`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
  });
  expect(await (await fetch(url)).text()).toContain("<title>Traces</title>");
  child.kill("SIGTERM");
  await closed;
  expect(output.stdout).toContain("from_outside");
  expect(child.exitCode).toBe(0);
});

test("the command explains itself, and refuses what it does not know", async () => {
  const help = start("--help");
  await help.closed;
  expect(help.child.exitCode).toBe(0);
  expect(help.output.stdout).toContain("--port");
  const unknown = start("--prot", "1");
  await unknown.closed;
  expect(unknown.child.exitCode).toBe(2);
  expect(unknown.output.stderr).toContain("--prot");
  const range = start("--port", "70000");
  await range.closed;
  expect(range.child.exitCode).toBe(1);
  expect(range.output.stderr).toContain("current value is 70000");
});
