import { supportsSyncHooks } from "import-in-the-middle/register-hooks.mjs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Anvil, startAnvil } from "../test/anvil.ts";
import { bun, deno, fixture, GOLDEN_MINT, isAbsent, node, type Runtime, run } from "../test/runtimes.ts";

const script = fixture("mint_auto.ts");
let anvil: Anvil;

beforeAll(async () => {
  anvil = await startAnvil();
});
afterAll(() => anvil.stop());

type Row = readonly [runtime: Runtime, hook: string, load: string];

const SEEN: readonly Row[] = [
  [node, "none", "require"],
  [node, "module.register", "import"],
  [node, "module.register", "import of subpaths"],
  ...(supportsSyncHooks() ? synchronous(node) : []),
  ...synchronous(deno),
  [deno, "none", "require"],
  [bun, "none", "require"],
];
for (const [runtime, hook, load] of SEEN) {
  test.skipIf(isAbsent(runtime))(
    `EthersInstrumentation sees the mint by ${load} in ${runtime.name}, loader hook: ${hook}`,
    async () => {
      await expect(await run(runtime, script, [hook, load, anvil.url])).toMatchFileSnapshot(GOLDEN_MINT);
    },
    60_000,
  );
}

// What the README says of these must change when they do.
const UNSEEN: readonly Row[] = [
  [node, "none", "import"],
  [deno, "module.register", "import"],
  [bun, "module.register", "import"],
];
for (const [runtime, hook, load] of UNSEEN) {
  test.skipIf(isAbsent(runtime))(
    `EthersInstrumentation does not see an ${load} in ${runtime.name}, loader hook: ${hook}`,
    async () => {
      expect(await run(runtime, script, [hook, load, anvil.url])).toBe("nft_minting\n");
    },
    60_000,
  );
}

/** Hooks that run in the thread of the application. */
function synchronous(runtime: Runtime): Row[] {
  return ["import", "import of subpaths", "require"].map((load) => [runtime, "module.registerHooks", load]);
}
