import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { drawn } from "./testing/_marked.ts";

const { redactString } = createRedactor();

const PROVIDERS =
  `infura.io alchemy.com alchemyapi.io quiknode.pro quicknode.com ankr.com chainstack.com p2pify.com getblock.io moralis.io
  moralis-nodes.com moralisweb3.com drpc.org dwellir.com blastapi.io nodereal.io nodereal.cc pokt.network grove.city blockdaemon.com
  tenderly.co rivet.cloud rivet.link onfinality.io unifra.io allthatnode.com blockpi.network omniatech.io lavanet.xyz llamarpc.com
  zan.top 1rpc.io helius-rpc.com helius.xyz syndica.io triton.one rpcpool.com figment.io thirdweb.com gateway.fm validationcloud.io
  bloxroute.com flashbots.net nownodes.io tatum.io blockvision.org etherscan.io bscscan.com polygonscan.com arbiscan.io basescan.org
  covalenthq.com bitquery.io thegraph.com goldsky.com subquery.network sequence.app nodies.app stackup.sh pimlico.io biconomy.io
  zerodev.app cryptoapis.io coinapi.io kaleido.io settlemint.com conduit.xyz caldera.xyz alt.technology therpc.io 
  spectrumnodes.com histori.xyz envio.dev hypersync.xyz shyft.to extrnode.com 
  cloudflare-eth.com drpc.live lava.build cyfrin.io coinbase.com blastapi.com chainnodes.org
  chainbase.online uniblock.dev rockx.com everstake.one 
  simplehash.com reservoir.tools opensea.io portalhq.io gelato.digital gelato.network 
  alchemy-rpc.com routescan.io blockscout.com snowtrace.io ftmscan.com moonscan.io lineascan.build particle.network
  magic.link dynamic.xyz`.split(/\s+/);

/** Long enough to be a key on the host of a provider, too short to be one elsewhere. */
const KEY = drawn("lo", 14);

test.for(PROVIDERS)("redactString() takes what it does not know in a path of %s for a key", (host) => {
  expect(redactString(`GET https://api.${host}/v1/${KEY}/x`)).toBe(`GET https://api.${host}/v1/REDACTED/x`);
  // A host without a scheme is told by a last part of at most seven letters.
  if (!host.endsWith("technology"))
    expect(redactString(`GET api.${host}/v1/${KEY}/x`)).toBe(`GET api.${host}/v1/REDACTED/x`);
  if (/-(?:rpc|nodes|eth)\./.test(host)) return;
  expect(redactString(`https://api.${host}.evil.example/v1/${KEY}`)).toContain(KEY);
  expect(redactString(`https://${host.replace(".", "-")}.example/v1/${KEY}`)).toContain(KEY);
});

const WORDS =
  "rpc node nodes fullnode archive geth erigon jsonrpc web3 evm ethereum eth polygon bsc base arbitrum optimism avalanche solana mainnet sepolia goerli holesky hoodi bundler paymaster rpc1 node22 eth7 geth003".split(
    " ",
  );

test.for(WORDS)("redactString() takes a host with the word %s for one of RPC", (word) => {
  for (const host of [`${word}.acme.example`, `my-${word.toUpperCase()}-1.acme.example`, `${word}:8545`])
    expect(redactString(`https://${host}/${KEY}`)).toBe(`https://${host}/REDACTED`);
});

test.for([
  "acme.example",
  "warpc.example",
  "rpcs.example",
  "node1234.example",
  "my-ethics.example",
  "nod.es",
])("redactString() keeps the path of a host that serves no RPC: %s", (host) => {
  expect(redactString(`https://${host}/${KEY}`)).toBe(`https://${host}/${KEY}`);
  expect(redactString(`${host}/${KEY}`)).toBe(`${host}/${KEY}`);
});
