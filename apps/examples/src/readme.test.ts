import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), "utf8");

test.each(["onboarding", "order", "secondary_sale"])("the README shows golden/%s.txt as it is", (name) => {
  const [, ...drawing] = read(`./golden/${name}.txt`).split("\n\n");
  expect(read("../README.md")).toContain(`\`\`\`text\n${drawing.join("\n\n").trimEnd()}\n\`\`\``);
});
