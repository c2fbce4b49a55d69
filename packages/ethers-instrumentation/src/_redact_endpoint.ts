/** What may be said about the endpoint of a provider. */
export interface Endpoint {
  /** URL without credentials, key, query and fragment. */
  readonly url: string;
  /** Host name, with labels that look like keys replaced. */
  readonly address: string;
  readonly port: number | undefined;
}

/**
 * Reduces the URL of an RPC endpoint to what is public. Providers carry their keys in the path (Infura, Alchemy,
 * QuickNode), the query, the user info and even in host labels, so nothing survives but known words.
 */
export function redactEndpoint(url: string): Endpoint | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  const address = redactHost(parsed.hostname);
  const port = parsed.port === "" ? DEFAULT_PORTS[parsed.protocol] : Number(parsed.port);
  const authority = parsed.port === "" ? address : `${address}:${parsed.port}`;
  const path = parsed.pathname.split("/").map(redactSegment).join("/");
  return { url: `${parsed.protocol}//${authority}${path === "/" ? "" : path}`, address, port };
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  "http:": 80,
  "https:": 443,
  "ws:": 80,
  "wss:": 443,
};

const REDACTED = "REDACTED";

const PATH_WORDS: ReadonlySet<string> = new Set(
  `api arbitrum archive avalanche avax base bc blast bnb bsc c chain eth ethereum evm execution ext full
   gnosis holesky http https hoodi json-rpc jsonrpc linea main mainnet matic nitro node op optimism polygon public
   rpc scroll sepolia testnet v1 v2 v3 v4 v5 ws wss zkevm zksync zora`.split(/\s+/),
);

function redactSegment(segment: string): string {
  return segment === "" || PATH_WORDS.has(segment.toLowerCase()) ? segment : REDACTED;
}

function redactHost(host: string): string {
  if (/^[\d.]+$/.test(host) || host.startsWith("[")) return host;
  const labels = host.split(".");
  // The registrable name is public by nature; what stands before it may be a key or the name of an account.
  return labels.map((label, i) => (i >= labels.length - 2 || isWord(label) ? label : REDACTED)).join(".");
}

/** Words such as `eth-mainnet`, `us-east-1` or `node02`, as opposed to hex, base64 and other random labels. */
function isWord(label: string): boolean {
  return label.split("-").every((part) => /^([a-z]{1,14}\d{0,3}|\d{1,4})$/.test(part));
}
