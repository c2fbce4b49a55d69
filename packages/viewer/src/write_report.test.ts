import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createTestTracing } from "@dcmx-tracing/testing";
import { afterEach, expect, test } from "vitest";
import { dumpDom, hasChromium } from "./testing/_dump_dom.ts";
import { writeReport } from "./write_report.ts";

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function report(...names: string[]): Promise<string> {
  await using tracing = createTestTracing();
  for (const name of names) tracing.tracer().startSpan(name).setAttribute("tx.hash", "0xabc").end();
  const folder = await mkdtemp(join(tmpdir(), "dcmx-report-"));
  folders.push(folder);
  const file = join(folder, "traces.html");
  await writeReport(file, tracing.spans());
  return file;
}

test("writeReport() writes one file without anything from elsewhere, and no way out of its data", async () => {
  const html = await readFile(await report("</script><script>alert(1)</script>", "nft_minting"), "utf8");
  expect(html).not.toContain("<script>alert");
  expect(html).not.toMatch(/(src|href)=/);
  expect(html).toContain("default-src 'none'");
  const [, data = ""] = /id="data">(.*?)<\/script>/s.exec(html) ?? [];
  expect(JSON.parse(data).map(({ name }: { name: string }) => name)).toEqual([
    "</script><script>alert(1)</script>",
    "nft_minting",
  ]);
});

test.skipIf(!hasChromium())("writeReport() shows its traces in a browser without a server", async () => {
  const dom = await dumpDom(pathToFileURL(await report("nft_minting", "second")).href);
  expect(dom).toContain("2 of 2");
  expect(dom).toContain("0xabc");
});

test("writeReport() rejects with the file system's error", async () => {
  await expect(writeReport(join(tmpdir(), "no", "such", "folder.html"), [])).rejects.toThrow("ENOENT");
});
