import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

/** The repository's folder. */
export const ROOT: string = fileURLToPath(new URL("../../..", import.meta.url));

/** Absolute path of a file below infra/. */
export function infra(path: string): string {
  return `${ROOT}infra/${path}`;
}

/** Text of a file below infra/. */
export function infraText(path: string): string {
  return readFileSync(infra(path), "utf8");
}

/** Parsed YAML of a file below infra/. The caller names the shape that it then checks or relies on. */
export function infraYaml<T>(path: string): T {
  return parse(infraText(path), { merge: true }) as T;
}

/** Files below a folder of infra/ whose name ends so, sorted, as paths below infra/. */
export function infraFiles(folder: string, end: string): readonly string[] {
  return readdirSync(infra(folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(end))
    .map((name) => `${folder}/${name}`)
    .sort();
}
