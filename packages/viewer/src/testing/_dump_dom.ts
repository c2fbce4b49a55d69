import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** Whether a Chromium is here. In CI its absence is a failure, not a skip. */
export function hasChromium(): boolean {
  const found = spawnSync("chromium", ["--version"]).status === 0;
  if (!found && process.env.DCMX_REQUIRE_SERVERS === "1")
    throw new Error("chromium is required here and absent");
  if (!found) process.stdout.write("skipped: the page in a real browser, as chromium is not installed\n");
  return found;
}

/** Opens a page in Chromium, lets its scripts run, and returns the document as text. */
export async function dumpDom(url: string): Promise<string> {
  const profile = mkdtempSync(join(tmpdir(), "dcmx-chromium-"));
  const quiet = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
  ];
  try {
    const { stdout } = await promisify(execFile)(
      "chromium",
      [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        ...quiet,
        `--user-data-dir=${profile}`,
        "--virtual-time-budget=3000",
        "--dump-dom",
        url,
      ],
      { timeout: 60_000, maxBuffer: 1 << 26 },
    );
    return stdout;
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
