import { createHash } from "node:crypto";
import { keccak256 } from "./_keccak256.ts";
import { isPadded } from "./_plausible.ts";

/**
 * What the public 32-byte constants that occur in every contract are the Keccak-256 hashes of: signatures of events
 * (their topic), roles of OpenZeppelin, types of EIP-712.
 */
const HASHED: readonly string[] = [
  "",
  // ERC-20, ERC-721, ERC-1155
  "Transfer(address,address,uint256)",
  "Approval(address,address,uint256)",
  "ApprovalForAll(address,address,bool)",
  "TransferSingle(address,address,address,uint256,uint256)",
  "TransferBatch(address,address,address,uint256[],uint256[])",
  // WETH, Uniswap
  "Deposit(address,uint256)",
  "Withdrawal(address,uint256)",
  "Swap(address,uint256,uint256,uint256,uint256,address)",
  "Swap(address,address,int256,int256,uint160,uint128,int24)",
  "Sync(uint112,uint112)",
  // ERC-1967 and OpenZeppelin
  "Upgraded(address)",
  "OwnershipTransferred(address,address)",
  "RoleGranted(bytes32,address,address)",
  "RoleRevoked(bytes32,address,address)",
  "MINTER_ROLE",
  "PAUSER_ROLE",
  "BURNER_ROLE",
  "UPGRADER_ROLE",
  "ADMIN_ROLE",
  "OPERATOR_ROLE",
  // EIP-712, ERC-2612, ERC-4337
  "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)",
  "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)",
  "UserOperationEvent(bytes32,address,address,uint256,bool,uint256,uint256)",
  // The empty trie and the empty list of uncles, as RLP
  "\x80",
  "\xc0",
];
/** Slots of ERC-1967: one less than the hash. */
const SLOTS: readonly string[] = ["implementation", "admin", "beacon"];

let constants: ReadonlySet<string> | undefined;

/** True for 64 lower-case digits that are full of zeros or a constant of the standards. The set is made when it is first asked. */
export function isPublicConstant(hex: string): boolean {
  constants ??= new Set([
    createHash("sha256").digest("hex"),
    ...HASHED.map(hash),
    ...SLOTS.map((name) => (BigInt(`0x${hash(`eip1967.proxy.${name}`)}`) - 1n).toString(16)),
  ]);
  return isPadded(hex) || constants.has(hex);
}

function hash(text: string): string {
  return Buffer.from(keccak256(Buffer.from(text, "latin1"))).toString("hex");
}
