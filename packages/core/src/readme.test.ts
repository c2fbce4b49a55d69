import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { DEFINITIONS } from "./config/_definitions.ts";

const README = new URL("../README.md", import.meta.url);
const START = "<!-- settings: start -->";
const END = "<!-- settings: end -->";

// `UPDATE_README=1 npx vitest run src/readme.test.ts` writes the table anew.
test("README.md lists every setting with its default, unit and variables", async () => {
  const text = await readFile(README, "utf8");
  const [before = "", rest = ""] = text.split(START);
  const [, after = ""] = rest.split(END);
  const expected = `${before}${START}\n\n${settingsTable()}\n\n${END}${after}`;
  if (process.env.UPDATE_README === "1") await writeFile(README, expected);
  else expect(unaligned(text)).toBe(unaligned(expected));
});

// The formatter aligns the columns of tables.
function unaligned(text: string): string {
  return text.replace(/ +/g, " ").replace(/ ?-+ ?\|/g, "-|");
}

function settingsTable(): string {
  const rows = Object.entries(DEFINITIONS).map(([name, { about, default: fallback, unit, env, alias }]) => {
    const value =
      fallback === undefined ? "" : `\`${printed(fallback)}\`${unit === undefined ? "" : ` ${unit}`}`;
    const variables = [...env, ...alias].map((variable) => `\`${variable}\``).join(", ");
    return `| \`${name}\` | ${about} | ${value} | ${variables} |`;
  });
  return [
    "| option | what it is | default | variables, strongest first |",
    "|---|---|---|---|",
    ...rows,
  ].join("\n");
}

function printed(value: unknown): string {
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}
