import { expect, test } from "vitest";
import * as mod from "./mod.ts";

test("mod.ts exports what is documented, and nothing else", () => {
  expect(Object.keys(mod)).toEqual(["traced", "tracedClass", "tracedMethod", "untraced"]);
});
