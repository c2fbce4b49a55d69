import { existsSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder and those above it, for this user alone. The recursive form of the platform never returns below
 * `/proc` (Node 20.20), where a folder can neither be found nor made.
 *
 * @throws {Error} When one of them cannot be made.
 */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  for (let at = resolve(path); !existsSync(at); at = dirname(at)) missing.push(at);
  for (const folder of missing.reverse()) {
    try {
      mkdirSync(folder, { mode: 0o700 });
    } catch (error) {
      // Another process made it at the same time.
      if (!existsSync(folder)) throw error;
    }
  }
}
