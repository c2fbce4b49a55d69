import { expect, test } from "vitest";
import { infra, infraText } from "./infra_files.ts";
import { runTool } from "./servers/find_server.ts";

const capacity = (...args: string[]): { status: number; output: string } =>
  runTool(process.execPath, [infra("capacity.mjs"), ...args]);

test("CAPACITY.md shows what capacity.mjs prints", () => {
  const { status, output } = capacity();
  expect(status).toBe(0);
  expect(infraText("CAPACITY.md")).toContain(`\`\`\`text\n${output}\`\`\``);
});

test("the plan follows its arithmetic", () => {
  const { output } = capacity(
    "--requests",
    "1000",
    "--spans",
    "10",
    "--sample",
    "0.5",
    "--keep",
    "0.2",
    "--average",
    "1",
    "--storedBytes",
    "500",
    "--days",
    "2",
  );
  const value = (name: string): string => new RegExp(`^${name}: +(.*?) {2,}`, "m").exec(output)?.[1] ?? "";
  expect(value("spans created")).toBe("10,000 spans/s");
  expect(value("spans sent")).toBe("5,000 spans/s");
  expect(value("spans kept")).toBe("1,000 spans/s");
  expect(value("storage a day")).toBe("43.2 GB/day");
  expect(value("storage")).toBe("0.1 TB");
  expect(value("gateways"), "never fewer than two").toBe("2 collectors");
});

test("a plan with ten times the load needs more of everything that is counted", () => {
  const counts = (requests: string): number[] =>
    [...capacity("--requests", requests).output.matchAll(/ ([\d,]+) (?:collectors|partitions) /g)].map(
      ([, count]) => Number(count?.replaceAll(",", "")),
    );
  const [small, large] = [counts("2000000"), counts("20000000")];
  expect(small).toHaveLength(4);
  expect(large.every((count, index) => count > (small[index] ?? 0))).toBe(true);
});

test.each([
  [["--requests", "0"], "must be a number above 0"],
  [["--requests"], "must be a number above 0"],
  [["--nodes", "3"], "Unknown input '--nodes'"],
])("capacity.mjs %j is refused", (args, message) => {
  const { status, output } = capacity(...args);
  expect(status).toBe(1);
  expect(output).toContain(message);
});
