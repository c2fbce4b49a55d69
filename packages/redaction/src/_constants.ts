/**
 * Public 32-byte constants that occur in every contract: event topics, roles, storage slots, type hashes.
 * Each is the Keccak-256 hash of a text of the standards named beside it.
 */
export const PUBLIC_CONSTANTS: readonly string[] = [
  // ERC-20, ERC-721: Transfer, Approval, ApprovalForAll; ERC-1155: TransferSingle, TransferBatch, URI
  "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef",
  "8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925",
  "17307eab39ab6107e8899845ad3d59bd9653f200f220920489ca2b5937696c31",
  "c3d58168c5ae7397731d063d5bbf3d657854427343f4c083240f7aacaa2d0f62",
  "4a39dc06d4c0dbc64b70af90fd698a233a518aa5d07e595d983b8c0526c8f7fb",
  "6bb7ff708619ba0610cba295a58592e0451dee2622938c8755667688daf3529b",
  // OpenZeppelin: MINTER_ROLE, PAUSER_ROLE, RoleGranted, OwnershipTransferred
  "9f2df0fed2c77648de5860a4cc508cd0818c85b8b8a1ab4ceeef8d981c8956a6",
  "65d7a28e3265b37a6474929f336521b332c1681b933f6cb9f3376673440d862a",
  "2f8788117e7eff1d82e926ec794901d17c78024a50270940304540a733656f0d",
  "8be0079c531659141344cd1fd0a4f28419497f9722a3daafe3b4186f6b6457e0",
  // EIP-1967: implementation, admin, beacon; EIP-712 domain type hash
  "360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc",
  "b53127684a568b3173ae13b9f8a6016e243e63b6e8ee1178d6a717850b5d6103",
  "a3f0ad74e5423aebfd80d3ef4346578335a9a72aeaee59ff6cb3582b35133d50",
  "8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f",
  // Keccak-256 and SHA-256 of nothing, the empty trie, the empty list of uncles
  "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421",
  "1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347",
];
