import { AbiCoder, concat, EnsPlugin, id, JsonRpcProvider, Network } from "ethers";
import { type StubNode, startStubNode, type WireCall } from "./stub_node.ts";

/** A node with a name service, a token and a contract that sends its callers offchain. */
export interface OffchainWorld {
  readonly node: StubNode;
  /** A provider of its own, that knows the network with the name service. */
  provider(): JsonRpcProvider;
}

/** The contract that sends its callers offchain. */
export const CONTRACT: string = `0x${"c0".repeat(20)}`;
/** Who owns every name. */
export const OWNER: string = `0x${"0e".repeat(20)}`;
/** Calldata that makes the contract revert with OffchainLookup. */
export const QUESTION = "0x12345678";
/** What the contract answers when it is called back. */
export const ANSWER: string = `0x${"00".repeat(31)}2a`;
/** Calldata that the contract tells the client to pass on. */
export const CALLDATA = "0xfeedfacecafe";

const RESOLVER = `0x${"1e".repeat(20)}`;
const TOKEN = `0x${"70".repeat(20)}`;
const CALLBACK = "0xaabbccdd";
const abi = AbiCoder.defaultAbiCoder();

/**
 * Starts the node.
 *
 * @param gateways Where the contract sends its callers (EIP-3668).
 * @param metadata URL of the metadata of the token that is the avatar of every name.
 */
export async function startOffchainWorld(gateways: readonly string[], metadata = ""): Promise<OffchainWorld> {
  const lookup = concat([
    id("OffchainLookup(address,string[],bytes,bytes4,bytes)").slice(0, 10),
    abi.encode(
      ["address", "string[]", "bytes", "bytes4", "bytes"],
      [CONTRACT, gateways, CALLDATA, CALLBACK, "0x"],
    ),
  ]);
  const results: Readonly<Record<string, string>> = {
    [id("resolver(bytes32)").slice(0, 10)]: abi.encode(["address"], [RESOLVER]),
    [id("supportsInterface(bytes4)").slice(0, 10)]: abi.encode(["bool"], [false]),
    [id("addr(bytes32)").slice(0, 10)]: abi.encode(["address"], [OWNER]),
    [id("text(bytes32,string)").slice(0, 10)]: abi.encode(["string"], [`eip155:31337/erc721:${TOKEN}/1`]),
    [id("name(bytes32)").slice(0, 10)]: abi.encode(["string"], ["artist.eth"]),
    [id("ownerOf(uint256)").slice(0, 10)]: abi.encode(["address"], [OWNER]),
    [id("tokenURI(uint256)").slice(0, 10)]: abi.encode(["string"], [metadata]),
    [CALLBACK]: ANSWER,
  };
  const answer = ({ id: number, method, params }: WireCall): unknown => {
    const reply = { jsonrpc: "2.0", id: number };
    if (method !== "eth_call") return { ...reply, result: "0x7a69" };
    // ethers sends the transaction and the block tag.
    const [{ data }] = params as [{ data: string }];
    const selector = data.slice(0, 10);
    if (selector !== QUESTION) return { ...reply, result: results[selector] ?? "0x" };
    return { ...reply, error: { code: 3, message: "execution reverted", data: lookup } };
  };
  const node = await startStubNode(({ calls: [call] }) => ({
    json: call === undefined ? {} : answer(call),
  }));
  return {
    node,
    provider() {
      const network = new Network("test", 31337).attachPlugin(new EnsPlugin(`0x${"e5".repeat(20)}`, 31337));
      return new JsonRpcProvider(node.url, network, {
        staticNetwork: network,
        cacheTimeout: -1,
        batchMaxCount: 1,
      });
    },
  };
}
