import { createRedactor } from "../mod.ts";

// Runs by itself in each runtime and prints what came out: the runtimes must agree.
const SIGNER = "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf";
const redactor = createRedactor({ knownSigners: [SIGNER] });
const solana = "4XR92Zct9ZodXzisJ4kov3upmTvMotYVrg65MHP8aoCbzpJkqdxqPc6dogrNDUXwZmQuzR5vatkAh8EUE9z4T5X";
const span = {
  name: "mint",
  status: { code: 0 as const },
  attributes: {
    "tx.hash": `0x${"0".repeat(63)}1`,
    "block.hash": `0x${"4e".repeat(30)}a1b2`,
    "args.0": "4f9063db53d9f3b7701001e59da7f36a1b1407a09b137189d3e946b4455d3f57",
    note: "legal winner thank year wave sausage worth useful legal winner thank yellow",
    url: "https://mainnet.infura.io/v3/7d3a6f4b78128cdfedaf7dc48d314d84",
    bytes: `got [${[...Array.from({ length: 32 }, (_, i) => (i * 37 + 11) % 256)].join(",")}]`,
    pair: solana,
    encoded: btoa('{"password":"hunter2x","user":"ann"}'),
    wif: "5KYZdUEo39z3FPrtuX2QbbwGnNP5zTd7yyr2SC1j299sBCnWjss",
    stellar: "SAWXCFSCW4TLARABMJ6KT65MGL24QUYPWGIDZRG3AISYOF4SDJEICYWV",
  },
  events: [],
};
process.stdout.write(`${JSON.stringify(redactor.redactSpan(span).attributes)}\n`);
