/** Domains of RPC and indexing providers: what follows in their paths is a key unless it is a known word. */
const DOMAINS: ReadonlySet<string> = new Set([
  "infura.io",
  "alchemy.com",
  "alchemyapi.io",
  "quiknode.pro",
  "quicknode.com",
  "ankr.com",
  "chainstack.com",
  "p2pify.com",
  "getblock.io",
  "moralis.io",
  "moralis-nodes.com",
  "moralisweb3.com",
  "drpc.org",
  "dwellir.com",
  "blastapi.io",
  "nodereal.io",
  "nodereal.cc",
  "pokt.network",
  "grove.city",
  "blockdaemon.com",
  "tenderly.co",
  "rivet.cloud",
  "rivet.link",
  "onfinality.io",
  "unifra.io",
  "allthatnode.com",
  "blockpi.network",
  "omniatech.io",
  "lavanet.xyz",
  "llamarpc.com",
  "zan.top",
  "1rpc.io",
  "helius-rpc.com",
  "helius.xyz",
  "syndica.io",
  "triton.one",
  "rpcpool.com",
  "figment.io",
  "thirdweb.com",
  "gateway.fm",
  "validationcloud.io",
  "bloxroute.com",
  "flashbots.net",
  "nownodes.io",
  "tatum.io",
  "blockvision.org",
  "etherscan.io",
  "bscscan.com",
  "polygonscan.com",
  "arbiscan.io",
  "basescan.org",
  "covalenthq.com",
  "bitquery.io",
  "thegraph.com",
  "goldsky.com",
  "subquery.network",
  "sequence.app",
  "nodies.app",
  "stackup.sh",
  "pimlico.io",
  "biconomy.io",
  "candide.dev",
  "zerodev.app",
  "cryptoapis.io",
  "coinapi.io",
  "kaleido.io",
  "settlemint.com",
  "conduit.xyz",
  "caldera.xyz",
  "alt.technology",
  "therpc.io",
  "sentio.xyz",
  "spectrumnodes.com",
  "liquify.com",
  "stakely.io",
  "histori.xyz",
  "envio.dev",
  "hypersync.xyz",
  "nirvanalabs.xyz",
  "shyft.to",
  "extrnode.com",
  "instanodes.io",
  "zmok.io",
  "watchdata.io",
  "simplyvc.com",
  "cloudflare-eth.com",
]);

const WORDS: ReadonlySet<string> = new Set(
  "rpc node nodes fullnode archive geth erigon jsonrpc web3 evm ethereum eth polygon bsc base arbitrum optimism avalanche solana mainnet sepolia goerli holesky hoodi bundler paymaster".split(
    " ",
  ),
);

/** True for the host of a provider. */
export function isProvider(host: string): boolean {
  const labels = host.toLowerCase().split(".");
  return (
    DOMAINS.has(labels.slice(-2).join(".")) || (labels.length > 2 && DOMAINS.has(labels.slice(-3).join(".")))
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
