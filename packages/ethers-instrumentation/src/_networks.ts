const NETWORKS: Readonly<Record<number, string>> = {
  1: "ethereum",
  10: "optimism",
  25: "cronos",
  56: "bsc",
  97: "bsc-testnet",
  100: "gnosis",
  137: "polygon",
  250: "fantom",
  324: "zksync-era",
  1101: "polygon-zkevm",
  1337: "local",
  5000: "mantle",
  8453: "base",
  17000: "holesky",
  31337: "local",
  42161: "arbitrum",
  42220: "celo",
  43113: "avalanche-fuji",
  43114: "avalanche",
  59144: "linea",
  80002: "polygon-amoy",
  84532: "base-sepolia",
  421614: "arbitrum-sepolia",
  534352: "scroll",
  560048: "hoodi",
  7777777: "zora",
  11155111: "sepolia",
  11155420: "optimism-sepolia",
};

/** Name of a chain by its id: the application's own names first, then the well-known ones. */
export function networkName(chainId: number, names: Readonly<Record<number, string>>): string | undefined {
  return names[chainId] ?? NETWORKS[chainId];
}
