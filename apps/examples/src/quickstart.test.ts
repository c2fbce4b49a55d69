import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { startAnvil } from "./chain/start_anvil.ts";

const program = fileURLToPath(new URL("../quickstart/quickstart.ts", import.meta.url));

test("the quickstart has at most fifteen lines of code", () => {
  const lines = readFileSync(program, "utf8").split("\n");
  expect(lines.filter((line) => line !== "" && !line.startsWith("//")).length).toBeLessThanOrEqual(15);
});

test("the quickstart prints the waterfall of its transaction and ends", { timeout: 120_000 }, async () => {
  const anvil = await startAnvil();
  try {
    const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), program, anvil.url]);
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
    const [code] = await once(child, "close");
    expect(code, output).toBe(0);
    expect(output).toMatch(/^trace [0-9a-f]{32} · quickstart · \d+ spans · /m);
    expect(output).toMatch(/^quickstart\.send_transaction +█+/m);
    expect(output).toMatch(/tx\.wait +█+/);
    expect(output).toMatch(/tx\.gas_used=21000/);
    expect(output).toContain("tx.status=success");
  } finally {
    await anvil.stop();
  }
});
