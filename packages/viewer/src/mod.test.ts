import { expect, test } from "vitest";
import * as viewer from "./mod.ts";

test("mod.ts exports these names and no others", () => {
  expect(Object.keys(viewer).sort()).toEqual([
    "renderWaterfall",
    "startViewer",
    "treePrinter",
    "writeReport",
  ]);
});
