import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { expect, test } from "vitest";

/** An application for the browser: wrapper, decorator and manual span, with no SDK. */
const APPLICATION = `
import { traced, tracedMethod } from "@dcmx-tracing/decorators";
import { startSpan } from "@dcmx-tracing/span";
class Cart {
  @tracedMethod() add(price: number): number { return startSpan("sum", () => price + 1); }
}
globalThis.result = [traced((a: number) => a * 2)(4), new Cart().add(1)];
`;

test("the packages bundle for the browser with the OpenTelemetry API only, and run without Node's globals", async () => {
  const { outputFiles, metafile } = await build({
    stdin: { contents: APPLICATION, loader: "ts", resolveDir: import.meta.dirname },
    absWorkingDir: fileURLToPath(new URL("../../..", import.meta.url)),
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    platform: "browser",
    format: "iife",
    target: "es2022",
  });
  const packages = Object.keys(metafile.inputs).map(
    (file) => /(decorators|span|@opentelemetry\/api)\//.exec(file)?.[1],
  );
  expect(new Set(packages)).toEqual(new Set([undefined, "decorators", "span", "@opentelemetry/api"]));
  expect(Object.keys(metafile.inputs).filter((file) => /node:|react|sdk/.test(file))).toEqual([]);

  const page = createContext({ performance, setTimeout });
  runInContext(outputFiles[0]?.text ?? "", page);
  expect(JSON.stringify(page.result)).toBe("[8,2]");
});
