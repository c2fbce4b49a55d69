import { wordSet } from "./_word_set.ts";

/** RPC and indexing providers, by the name before the last dot: what follows in their paths is a key unless it is a known word. */
const PROVIDERS: ReadonlySet<string> = wordSet(
  "alchemy alchemyapi alchemy-rpc infura quiknode quicknode ankr chainstack p2pify getblock moralis moralis-nodes moralisweb3 drpc dwellir blastapi nodereal pokt blockdaemon tenderly onfinality unifra allthatnode blockpi omniatech lavanet llamarpc 1rpc helius helius-rpc syndica rpcpool figment thirdweb validationcloud bloxroute flashbots nownodes tatum blockvision etherscan bscscan polygonscan arbiscan basescan ftmscan moonscan lineascan routescan snowtrace blockscout covalenthq bitquery thegraph goldsky nodies pimlico biconomy zerodev cryptoapis coinapi kaleido settlemint therpc spectrumnodes extrnode hypersync cloudflare-eth coinbase chainnodes chainbase uniblock rockx everstake simplehash opensea portalhq gelato defender.openzeppelin histori cyfrin",
);
/** Providers whose name is a word of others too. */
const DOMAINS: ReadonlySet<string> = wordSet(
  "grove.city rivet.cloud rivet.link triton.one zan.top gateway.fm subquery.network sequence.app stackup.sh conduit.xyz caldera.xyz shyft.to reservoir.tools particle.network magic.link dynamic.xyz lava.build alt.technology envio.dev",
);

const WORDS: ReadonlySet<string> = wordSet(
  "rpc node nodes fullnode archive geth erigon jsonrpc web3 evm ethereum eth polygon bsc base arbitrum optimism avalanche solana mainnet sepolia goerli holesky hoodi bundler paymaster",
);

/** True for the host of a provider. */
export function isProvider(host: string): boolean {
  const labels = host.toLowerCase().split(".");
  return (
    PROVIDERS.has(labels.at(-2) ?? "") ||
    PROVIDERS.has(labels.slice(-3, -1).join(".")) ||
    DOMAINS.has(labels.slice(-2).join("."))
  );
}

/** True for the host of a provider, or for one whose name says that it serves RPC. */
export function isRpcHost(host: string): boolean {
  if (isProvider(host)) return true;
  return host
    .toLowerCase()
    .split(/[.-]/)
    .some((word) => WORDS.has(word) || /^(?:rpc|node|eth|geth)\d{1,3}$/.test(word));
}
