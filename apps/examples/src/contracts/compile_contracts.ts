import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import solc from "solc";

/** What is kept of a compiled contract. */
export interface ContractArtifact {
  readonly contract: string;
  readonly compiler: string;
  readonly abi: readonly unknown[];
  readonly bytecode: string;
}

/** The contracts of the examples; each stands in the Solidity file of its name. */
export const CONTRACTS: readonly string[] = ["DcmxBadges", "DcmxMarket", "DcmxTracks"];

interface SolcOutput {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts?: Readonly<
    Record<
      string,
      Readonly<Record<string, { abi: readonly unknown[]; evm: { bytecode: { object: string } } }>>
    >
  >;
}

const require = createRequire(import.meta.url);

/**
 * Compiles the contracts with the solc of the lockfile. The metadata hash is left out of the code, so that the same
 * sources give the same bytes wherever the checkout stands.
 *
 * @throws Error if the compiler reports an error or a warning.
 */
export function compileContracts(): ContractArtifact[] {
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(
      CONTRACTS.map((name) => [`${name}.sol`, { content: readSource(`./${name}.sol`) }]),
    ),
    settings: {
      evmVersion: "cancun",
      optimizer: { enabled: true, runs: 200 },
      metadata: { bytecodeHash: "none", appendCBOR: false },
      outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
    },
  };
  const imports = { import: (path: string) => ({ contents: readFileSync(require.resolve(path), "utf8") }) };
  // The shape is that of the compiler's documented JSON output.
  const output = JSON.parse(solc.compile(JSON.stringify(input), imports)) as SolcOutput;
  if (output.errors !== undefined && output.errors.length > 0) {
    throw new Error(output.errors.map((error) => error.formattedMessage).join("\n"));
  }
  return CONTRACTS.map((contract) => {
    const compiled = output.contracts?.[`${contract}.sol`]?.[contract];
    if (compiled === undefined) throw new Error(`Cannot compile ${contract} as its file does not define it`);
    const bytecode = `0x${compiled.evm.bytecode.object}`;
    return { contract, compiler: solc.version(), abi: compiled.abi, bytecode };
  });
}

function readSource(file: string): string {
  return readFileSync(new URL(file, import.meta.url), "utf8");
}
