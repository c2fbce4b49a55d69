import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const probe = fileURLToPath(new URL("./testing/_runtime_probe.ts", import.meta.url));

const RUNTIMES: Readonly<Record<string, readonly [command: string, ...args: string[]]>> = {
  Node: [process.execPath, "--import", "tsx", probe],
  Bun: [join(root, "node_modules/.bin/bun"), probe],
  Deno: [join(root, "node_modules/.bin/deno"), "run", "-A", probe],
};

for (const [name, [command, ...args]] of Object.entries(RUNTIMES)) {
  test.skipIf(!existsSync(command))(
    `createRedactor() finds the key of a known signer, and the rest, in ${name}`,
    async () => {
      const { stdout } = await promisify(execFile)(command, args, { cwd: root });
      expect(JSON.parse(stdout)).toEqual({
        "tx.hash": "[REDACTED]",
        "block.hash": `0x${"4e".repeat(30)}a1b2`,
        "args.0": "[REDACTED]",
        note: "[mnemonic 12w]",
        url: "https://mainnet.infura.io/v3/REDACTED",
        bytes: "got [[REDACTED]]",
        pair: "[REDACTED]",
        encoded: "[REDACTED]",
        wif: "[REDACTED]",
        stellar: "[REDACTED]",
      });
    },
    60_000,
  );
}
