/**
 * Builds this package and span the way they are published, into a project of their own.
 */

import { execFile } from "node:child_process";
import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const PACKAGES = fileURLToPath(new URL("../../../", import.meta.url));
const TSDOWN = join(PACKAGES, "../node_modules/tsdown/dist/run.mjs");

/**
 * Builds `@dcmx-tracing/core` and `@dcmx-tracing/span` below `PROJECT/node_modules`.
 *
 * @param project An empty folder.
 */
export async function buildPackages(project: string): Promise<void> {
  const modules = join(project, "node_modules");
  await mkdir(join(modules, "@dcmx-tracing"), { recursive: true });
  await symlink(join(PACKAGES, "core/node_modules/@opentelemetry"), join(modules, "@opentelemetry"));
  await writeFile(join(project, "package.json"), "{}");
  await Promise.all(["core", "span"].map((name) => build(name, join(modules, "@dcmx-tracing", name))));
}

async function build(name: string, target: string): Promise<void> {
  const cwd = join(PACKAGES, name);
  const config = join(PACKAGES, "../scripts/tsdown.config.mjs");
  await mkdir(target);
  await rm(join(target, "dist"), { recursive: true, force: true });
  await promisify(execFile)(
    process.execPath,
    [TSDOWN, "--config", config, "--out-dir", join(target, "dist"), "--no-dts", "--no-sourcemap"],
    { cwd },
  );
  const manifest = JSON.parse(await readFile(join(cwd, "package.json"), "utf8"));
  await writeFile(join(target, "package.json"), JSON.stringify({ ...manifest, ...manifest.publishConfig }));
}
